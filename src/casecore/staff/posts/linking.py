"""Posts that refer to one another by name: all there, each once, and none leading back to itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from casecore.terms import NotReadable, Problem

from .post import Post


def link_posts(posts: Iterable[Post]) -> Mapping[str, Post]:
    """
    The posts by name, once all that they refer to is among them.

    A circle is looked for over all editions: two posts that refer to each other are one, even where on no single day
    both do.

    Raises:
        NotReadable: Two posts of one name, references to a post not among them, and circles, each with its path:
            ``posts[2].edition[0].value.needs.all_of[1].post``, the posts counted as they were given.
    """
    given = tuple(posts)
    problems: list[Problem] = []
    places: dict[str, int] = {}
    for place, post in enumerate(given):
        if post.name in places:
            problems.append(Problem(f"posts[{place}].name", "must not be that of another post"))
        else:
            places[post.name] = place
    links: dict[int, list[tuple[int, str]]] = {}
    for place, post in enumerate(given):
        for path, name in references(post):
            if name not in places:
                problems.append(Problem(f"posts[{place}].{path}", "must name one of the posts given"))
            else:
                links.setdefault(place, []).append((places[name], path))
    for circle in _circles(links):
        path = f"posts[{circle[0][0]}].{circle[0][1]}"
        course = " -> ".join(_shown(given[place].name, place) for place, _ in (*circle, circle[0]))
        problems.append(Problem(path, f"must not lead back to its own post: {course}"))
    if problems:
        raise NotReadable(problems, what="posts")
    return MappingProxyType({post.name: post for post in given})


def references(post: Post) -> Iterator[tuple[str, str]]:
    """Every place at which *post* refers to another, and that one's name."""
    for place, edition in enumerate(post.asks.editions):
        if edition.value is not None:
            for path, need in edition.value.needs.places(f"edition[{place}].value.needs"):
                if need.post is not None:
                    yield f"{path}.post", need.post


def _circles(links: Mapping[int, list[tuple[int, str]]]) -> Iterator[list[tuple[int, str]]]:
    """Each reference that closes a circle, as the posts on it, each with the path of its reference to the next."""
    done: set[int] = set()
    for first in links:
        course: list[tuple[int, str]] = []  # the posts from the first one to where we stand
        standing: dict[int, int] = {}
        waiting: list[tuple[int, int]] = [(first, 0)]
        while waiting:
            place, next_link = waiting.pop()
            if not next_link and place in done:
                continue
            standing.setdefault(place, len(standing))
            del course[standing[place] :]
            out = links.get(place, [])
            if next_link == len(out):
                done.add(place)
                del standing[place]
                continue
            other, path = out[next_link]
            course.append((place, path))
            waiting.append((place, next_link + 1))
            if other in standing:
                yield course[standing[other] :]
            elif other not in done:
                waiting.append((other, 0))


def _shown(name: str, place: int) -> str:
    """A post's name where it has the form of one; otherwise its place: a stranger's text is not repeated."""
    return name if re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name) and len(name) <= 60 else f"posts[{place}]"
