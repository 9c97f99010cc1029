from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casecore.staff.posts import Post, link_posts, read_post
from casecore.terms import NotReadable
from tests.staff.posts.asked import edition, post


def referring(name: str, *others: str) -> Post:
    """A post that asks what *others* ask."""
    needs = ", ".join(f'{{ post = "{other}" }}' for other in others)
    return read_post(post(f"{{ all_of = [{needs}] }}" if others else '{ stated = { name = "x" } }', name=name))


def problems(*posts: Post) -> dict[str, str]:
    with pytest.raises(NotReadable) as caught:
        link_posts(posts)
    return dict(caught.value.problems)


A0, A1 = (f"edition[0].value.needs.all_of[{place}].post" for place in range(2))


class TestLinking:
    """A post may ask what another one asks, as long as that one is there and does not ask the first one back."""

    def test_the_posts_by_name(self) -> None:
        posts = [referring("senior", "junior"), referring("junior")]
        assert link_posts(posts) == {post.name: post for post in posts}

    def test_a_post_that_two_others_ask_for_is_no_circle(self) -> None:
        posts = [referring("a", "b", "c"), referring("b", "d"), referring("c", "d"), referring("d")]
        for order in permutations(posts):
            assert len(link_posts(order)) == 4

    def test_all_problems_at_once(self) -> None:
        found = problems(referring("a", "b", "nobody"), referring("b", "a"), referring("a"))
        assert found == {
            "posts[2].name": "must not be that of another post",
            f"posts[0].{A1}": "must name one of the posts given",
            f"posts[0].{A0}": "must not lead back to its own post: a -> b -> a",
        }

    def test_a_post_that_asks_for_itself(self) -> None:
        assert problems(referring("a", "a")) == {f"posts[0].{A0}": "must not lead back to its own post: a -> a"}

    def test_two_circles_through_one_post(self) -> None:
        found = problems(referring("a", "b", "c"), referring("b", "a"), referring("c", "a"))
        assert found == {
            f"posts[0].{A0}": "must not lead back to its own post: a -> b -> a",
            f"posts[0].{A1}": "must not lead back to its own post: a -> c -> a",
        }

    def test_the_circle_begins_where_it_is_entered_not_before(self) -> None:
        found = problems(referring("way-in", "a"), referring("a", "b"), referring("b", "a"))
        assert found == {f"posts[1].{A0}": "must not lead back to its own post: a -> b -> a"}

    def test_a_reference_in_a_substitute_and_in_an_older_edition(self) -> None:
        year = "{ years = 1 }"
        substitute = f'{{ counts_as = {year}, needs = {{ post = "z" }} }}'
        needs = f"{{ experience = {{ at_least = {year}, substitutes = [{substitute}] }} }}"
        older = read_post(post(needs, name="a") + edition('{ stated = { name = "x" } }', since="2025-01-01"))
        path = "posts[0].edition[0].value.needs.experience.substitutes[0].needs.post"
        assert problems(older) == {path: "must name one of the posts given"}

    def test_a_name_that_has_no_form_is_not_repeated(self) -> None:
        assert problems(referring("Jane Roe", "Jane Roe")) == {
            f"posts[0].{A0}": "must not lead back to its own post: posts[0] -> posts[0]"
        }

    def test_a_long_chain(self) -> None:
        chain = [referring(f"p{number}", f"p{number + 1}") for number in range(1_500)]
        assert len(link_posts([*chain, referring("p1500")])) == 1_501
        assert len(problems(*chain, referring("p1500", "p0"))) == 1

    @given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), max_size=8))
    @settings(max_examples=60, deadline=None)
    def test_a_circle_is_told_exactly_where_there_is_one(self, arrows: list[tuple[int, int]]) -> None:
        posts = [referring(f"p{n}", *(f"p{b}" for a, b in arrows if a == n)) for n in range(5)]
        reached = set(arrows)
        for _ in range(5):
            reached |= {(a, d) for a, b in reached for c, d in arrows if b == c}
        if any((n, n) in reached for n in range(5)):
            assert problems(*posts)
        else:
            assert len(link_posts(posts)) == 5
