"""
May a verdict be relied on? Checked against an oracle that knows nothing of three values: it fills in every unknown fact
in every possible way, asks the criteria with plain true and false, day by day, and looks whether the answers agree.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any

import attrs
from hypothesis import given, settings
from hypothesis import strategies as st

from casecore.intake import (
    AgeIs,
    CodeIs,
    CountedDays,
    CountedTimes,
    Criterion,
    DaysSpent,
    EligibilityCriteria,
    Fact,
    FactIs,
    Facts,
    Happening,
    History,
    NumberIs,
    TimesHappened,
    may_be_served,
)
from casecore.standards import Standard
from casecore.terms import Answer, Source, Span, Verdict
from casecore.testing.strategies import criteria as legal_rules
from casecore.testing.strategies import intake as legal

ON = date(2026, 3, 31)
DAY = timedelta(days=1)
WEEK = [ON - DAY * back for back in range(6, -1, -1)]
BIRTHDAYS = [date(2026 - age, 1, 1) for age in (5, 17, 18, 19, 20, 34, 35, 36, 50)]
SCORES = (39, 40, 41, 50, 60, 61, 99)
CODES: tuple[tuple[str, ...], ...] = ((), ("295.30",), ("300.4",), ("295.30", "300.4"))
LIST = "missed"

# --- a small world: one number, three yes-or-no facts, one code, one list within a week ---

ages = st.sampled_from((AgeIs(at_least=18), AgeIs(at_most=18), AgeIs(at_least=35), AgeIs(at_most=35)))
recently = st.sampled_from((None, Span(days=5)))
numbers = st.sampled_from(({"at_most": 40}, {"below": 40}, {"at_most": 60}, {"above": 40, "at_most": 60})).flatmap(
    lambda bounds: st.builds(
        NumberIs, fact=st.just("gaf"), known_within=recently, **{k: st.just(v) for k, v in bounds.items()}
    )
)
yes_or_no = st.builds(FactIs, fact=st.sampled_from("abc"), known_within=recently)
codes = st.sampled_from((CodeIs(fact="dx", starts_with=("295",)), CodeIs(fact="dx", one_of=("300.4", "F20"))))
windows = st.builds(Span, days=st.integers(1, 5))
bounds = st.sampled_from(({"at_least": 1}, {"at_least": 2}, {"at_least": 4}, {"at_most": 0}, {"at_most": 2}))
times = st.tuples(windows, st.sampled_from(CountedTimes), bounds).map(
    lambda drawn: TimesHappened(history=LIST, within=drawn[0], counted=drawn[1], **drawn[2])
)
days = st.tuples(windows, st.sampled_from(CountedDays), bounds).map(
    lambda drawn: DaysSpent(history=LIST, within=drawn[0], counted=drawn[1], **drawn[2])
)
simple_leaves = st.one_of(
    st.builds(Criterion, age=ages), st.builds(Criterion, number=numbers), st.builds(Criterion, stated=yes_or_no)
)
all_leaves = st.one_of(
    simple_leaves,
    st.builds(Criterion, code=codes),
    st.builds(Criterion, times=times),
    st.builds(Criterion, days=days),
)


@st.composite
def some_facts(draw: st.DrawFn, /, *, with_list: bool) -> Facts:
    """Each fact is there, old, unverified, expired, or not there."""
    answers: dict[str, st.SearchStrategy[dict[str, Any]]] = {
        "gaf": st.sampled_from(SCORES).map(lambda number: {"number": number}),
        "dx": st.sampled_from(CODES).map(lambda codes: {"codes": codes}),
        **{name: st.booleans().map(lambda is_so: {"is_so": is_so}) for name in "abc"},
    }
    known = tuple(
        Fact(
            name=name,
            known_on=draw(st.sampled_from((ON, ON - 10 * DAY, ON + DAY))),
            is_verified=draw(st.sampled_from((True, True, False))),
            until=draw(st.sampled_from((None, None, ON + DAY * 2))),
            **draw(answers[name]),
        )
        for name in draw(st.lists(st.sampled_from(sorted(answers)), unique=True))
    )
    histories: tuple[History, ...] = ()
    if with_list and draw(st.booleans()):
        listed = draw(st.lists(happenings(), max_size=3))
        complete_from = draw(st.sampled_from((None, *WEEK[:4])))
        known_until = draw(st.sampled_from((None, *WEEK[4:])))
        histories = (
            History(name=LIST, happenings=tuple(listed), complete_from=complete_from, known_until=known_until),
        )
    return Facts(born_on=draw(st.sampled_from((None, *BIRTHDAYS))), known=known, histories=histories)


@st.composite
def happenings(draw: st.DrawFn, /) -> Happening:
    began_on = draw(st.sampled_from(WEEK))
    ended_on = draw(st.sampled_from((None, *(day for day in WEEK if day >= began_on))))
    return Happening(began_on=began_on, ended_on=ended_on, is_verified=draw(st.sampled_from((True, True, False))))


def verdict_on(needs: Criterion, facts: Facts) -> Verdict:
    rule = EligibilityCriteria(needs=needs)
    source = Source(cite="Invented 1", invented=True)
    return may_be_served(facts, Standard.fixed("e", rule, since=date(2020, 1, 1), source=source), on=ON)


# --- the oracle -------------------------------------------------------------------------------------------------------

World = Mapping[str, Any]
"""One way in which everything could be: born, each fact's value, and the list of all (first day, last day)."""


def reliable(fact: Fact | None, within: Span | None = None) -> bool:
    return (
        fact is not None
        and fact.is_verified
        and fact.known_on <= ON
        and (fact.until is None or fact.until > ON)
        and (within is None or within.days is None or (ON - fact.known_on).days < within.days)
    )


def worlds(facts: Facts, needs: Criterion) -> Iterator[dict[str, Any]]:
    """Every way in which the facts that the criteria ask for could turn out."""
    asked = list(needs.leaves())
    axes: dict[str, Iterable[Any]] = {}
    if any(isinstance(leaf, AgeIs) for leaf in asked):
        axes["born"] = BIRTHDAYS if facts.born_on is None else [facts.born_on]
    domains: dict[type, Iterable[Any]] = {NumberIs: SCORES, FactIs: (True, False), CodeIs: CODES}
    known = {fact.name: fact for fact in facts.known}
    for leaf in asked:
        if isinstance(leaf, NumberIs | FactIs | CodeIs) and not (
            reliable(known.get(leaf.fact), leaf.known_within) or leaf.fact in axes
        ):
            axes[leaf.fact] = domains[type(leaf)]
    if any(isinstance(leaf, TimesHappened | DaysSpent) for leaf in asked):
        axes[LIST] = list(full_lists(facts.histories[0] if facts.histories else History(name=LIST)))
    for values in itertools.product(*axes.values()):
        yield dict(zip(axes, values, strict=True))


def full_lists(history: History) -> Iterator[tuple[tuple[date, date], ...]]:
    """Every complete list of stays that agrees with what is known; the unlisted ones one day long, or longer."""
    choices: list[list[tuple[date, date] | None]] = []
    for happening in history.happenings:
        known_until = history.known_until or ON + DAY
        if happening.ended_on is not None:
            ends = [happening.ended_on]
        else:
            least = max(happening.began_on, min(ON, known_until - DAY))
            ends = [day for day in WEEK if day >= least]
        choices.append([(happening.began_on, end) for end in ends] + [None] * (not happening.is_verified))
    gap = [
        day
        for day in WEEK
        if history.complete_from is None or day < history.complete_from or day >= (history.known_until or ON + DAY)
    ]
    more = [(day, day) for day in gap]
    extras: list[tuple[tuple[date, date], ...]] = [(), tuple(more), tuple(more) * 4]
    extras += [(one,) for one in more]
    for first, last in itertools.combinations(gap, 2):
        if all(first + DAY * on in gap for on in range((last - first).days)):
            extras += [((first, last),), ((first, last), (first, first)), ((first, last), (last, last))]
    for listed in itertools.product(*choices):
        for extra in extras:
            yield (*(stay for stay in listed if stay is not None), *extra)


def is_so(node: Criterion, facts: Facts, world: World) -> bool:
    """Plain true or false."""
    if (leaf := node.leaf) is not None:
        return leaf_is_so(leaf, facts, world)
    holding = [is_so(part, facts, world) for part in node.parts]
    if node.none_of is not None:
        return True not in holding
    if node.all_of is not None:
        return False not in holding
    return holding.count(True) >= (node.at_least or 1)


def leaf_is_so(leaf: Any, facts: Facts, world: World) -> bool:
    if isinstance(leaf, AgeIs):
        age: int = 2026 - world["born"].year  # all were born on 1 January
        return (leaf.at_least or 0) <= age <= (200 if leaf.at_most is None else leaf.at_most)
    if isinstance(leaf, TimesHappened | DaysSpent):
        assert leaf.within.days is not None
        window = {ON - DAY * back for back in range(leaf.within.days)}
        if isinstance(leaf, TimesHappened):
            begun = leaf.counted is CountedTimes.BEGUN
            seen = sum(
                (first in window) if begun else any(first <= day <= last for day in window)
                for first, last in world[LIST]
            )
        elif leaf.counted is CountedDays.DAYS:
            seen = sum(any(first <= day <= last for first, last in world[LIST]) for day in window)
        else:
            nights = window - {ON}
            seen = sum(any(first <= day < last for first, last in world[LIST]) for day in nights)
        return (leaf.at_least or 0) <= seen and (leaf.at_most is None or seen <= leaf.at_most)
    fact = next((fact for fact in facts.known if fact.name == leaf.fact), None)
    if reliable(fact, leaf.known_within):
        assert fact is not None
        value: Any = value_of(fact)
    else:
        value = world[leaf.fact]
    if isinstance(leaf, NumberIs):
        least, most = leaf.at_least, leaf.at_most
        return not (
            (least is not None and value < least)
            or (most is not None and value > most)
            or (leaf.above is not None and value <= leaf.above)
            or (leaf.below is not None and value >= leaf.below)
        )
    if isinstance(leaf, CodeIs):
        return any(code in leaf.one_of or any(code.startswith(start) for start in leaf.starts_with) for code in value)
    return bool(value)


# --- the properties ---------------------------------------------------------------------------------------------------


class TestSound:
    """A yes or a no stands, whatever the unknown facts turn out to be."""

    @given(legal_rules.trees(all_leaves), some_facts(with_list=True))
    @settings(max_examples=60, deadline=None)
    def test_a_yes_or_no_holds_in_every_world(self, needs: Criterion, facts: Facts) -> None:
        verdict = verdict_on(needs, facts)
        if verdict.answer is not Answer.NOT_KNOWN:
            for world in itertools.islice(worlds(facts, needs), 2000):
                assert is_so(needs, facts, world) is verdict.is_yes

    @given(legal_rules.trees(all_leaves, most_leaves=1), some_facts(with_list=True))
    @settings(max_examples=100, deadline=None)
    def test_a_single_question_is_answered_exactly(self, needs: Criterion, facts: Facts) -> None:
        seen = {is_so(needs, facts, world) for world in worlds(facts, needs)}
        answer = verdict_on(needs, facts).answer
        assert answer is (Answer.NOT_KNOWN if len(seen) == 2 else Answer.YES if True in seen else Answer.NO)


class TestComplete:
    """Not known only while a fact could still change the answer; just these facts are named (choices 23 and 31)."""

    @given(legal_rules.trees(simple_leaves), some_facts(with_list=False))
    @settings(max_examples=60, deadline=None)
    def test_not_known_means_that_it_could_go_either_way(self, needs: Criterion, facts: Facts) -> None:
        seen = {is_so(needs, facts, world) for world in worlds(facts, needs)}
        answer = verdict_on(needs, facts).answer
        assert answer is (Answer.NOT_KNOWN if len(seen) == 2 else Answer.YES if True in seen else Answer.NO)

    @given(legal_rules.trees(simple_leaves), some_facts(with_list=False))
    @settings(max_examples=60, deadline=None)
    def test_missing_names_just_the_facts_that_matter(self, needs: Criterion, facts: Facts) -> None:
        outcomes = [(world, is_so(needs, facts, world)) for world in worlds(facts, needs)]
        matters = set()
        for name in outcomes[0][0]:
            seen: dict[tuple[Any, ...], bool] = {}
            for world, outcome in outcomes:
                others = tuple(value for other, value in world.items() if other != name)
                if seen.setdefault(others, outcome) != outcome:
                    matters.add("date-of-birth" if name == "born" else name)
        missing = verdict_on(needs, facts).missing
        assert set(missing) == matters
        assert len(missing) == len(set(missing))


class TestLearningMore:
    """
    What becomes known never overturns a yes or a no.

    The exceptions are not learning but change: a fact stated anew with another value, one that expires or loses its
    verification, a happening added to days for which the list was called complete, another day asked about.
    """

    @given(legal_rules.trees(all_leaves), some_facts(with_list=True), st.data())
    @settings(max_examples=60, deadline=None)
    def test_an_answer_stands(self, needs: Criterion, facts: Facts, data: st.DataObject) -> None:
        before = verdict_on(needs, facts)
        world = data.draw(ways_to_learn(facts, needs))
        learned = data.draw(st.sets(st.sampled_from(sorted(world)))) if world else set()
        after = verdict_on(needs, learning(facts, {name: world[name] for name in learned}))
        assert before.answer is Answer.NOT_KNOWN or after.answer is before.answer

    @given(legal_rules.trees(all_leaves), some_facts(with_list=True), st.data())
    @settings(max_examples=60, deadline=None)
    def test_what_is_not_missing_changes_nothing(self, needs: Criterion, facts: Facts, data: st.DataObject) -> None:
        before = verdict_on(needs, facts)
        world = data.draw(ways_to_learn(facts, needs))
        missing = {"born" if name == "date-of-birth" else name for name in before.missing}
        after = verdict_on(needs, learning(facts, {name: world[name] for name in world.keys() - missing}))
        assert after.answer is before.answer

    def test_an_old_no_is_relied_on_where_its_age_is_not_asked_about_and_another_value_is_a_change(self) -> None:
        old_no = Facts(known=(Fact(name="c", known_on=ON - 10 * DAY, is_so=False),))
        fresh = Criterion(stated=FactIs(fact="c", known_within=Span(days=5)))
        both = Criterion(all_of=(Criterion(stated=FactIs(fact="c")), fresh))
        before = verdict_on(both, old_no)
        assert (before.answer, before.missing) == (Answer.NO, ())
        assert verdict_on(both, learning(old_no, {"c": False})).answer is Answer.NO
        assert verdict_on(both, learning(old_no, {"c": True})).answer is Answer.YES  # changed, and not before unknown
        assert verdict_on(fresh, old_no).missing == ("c",)

    @given(legal_rules.trees(all_leaves), some_facts(with_list=True), st.data())
    @settings(max_examples=40, deadline=None)
    def test_all_facts_known_is_never_not_known(self, needs: Criterion, facts: Facts, data: st.DataObject) -> None:
        world = data.draw(st.sampled_from(list(itertools.islice(worlds(facts, needs), 300))))
        known = learning(facts, world)
        assert verdict_on(needs, known).answer is (Answer.YES if is_so(needs, known, world) else Answer.NO)


def ways_to_learn(facts: Facts, needs: Criterion) -> st.SearchStrategy[dict[str, Any]]:
    """
    Ways in which what is not known could turn out.

    What one criterion relies on keeps its value, also where it is too old for another: another value would be a change.
    """
    known = {fact.name: fact for fact in facts.known}
    relied_on: dict[str, Any] = {}
    for leaf in needs.leaves():
        if isinstance(leaf, NumberIs | FactIs | CodeIs) and reliable(fact := known.get(leaf.fact), leaf.known_within):
            assert fact is not None
            relied_on[leaf.fact] = value_of(fact)
    ways = ({name: relied_on.get(name, value) for name, value in world.items()} for world in worlds(facts, needs))
    return st.sampled_from(list(itertools.islice(ways, 300)))


def value_of(fact: Fact) -> Any:
    return next(value for value in (fact.number, fact.codes, fact.is_so) if value is not None)


def learning(facts: Facts, world: World) -> Facts:
    """The same facts, with those of *world* stated today and in full."""
    kinds = {"gaf": "number", "dx": "codes", "a": "is_so", "b": "is_so", "c": "is_so"}
    fresh = tuple(
        Fact(name=name, known_on=ON, **{kinds[name]: value}) for name, value in world.items() if name in kinds
    )
    learned = Facts(
        born_on=world.get("born", facts.born_on),
        known=tuple(fact for fact in facts.known if fact.name not in world) + fresh,
        histories=facts.histories,
    )
    if LIST not in world:
        return learned
    listed = tuple(Happening(began_on=first, ended_on=last) for first, last in world[LIST])
    return attrs.evolve(learned, histories=(History(name=LIST, happenings=listed, complete_from=date(2020, 1, 1)),))


class TestOrder:
    """Nothing hangs on the order in which facts or criteria are written."""

    @given(legal_rules.criteria(), legal.facts(), st.randoms(use_true_random=False), st.dates(*legal.YEARS))
    @settings(max_examples=60, deadline=None)
    def test_shuffled_all_the_same(self, rule: EligibilityCriteria, facts: Facts, random: Any, on: date) -> None:
        def shuffled(parts: tuple[Any, ...]) -> tuple[Any, ...]:
            return tuple(random.sample(parts, len(parts)))

        def turned_over(node: Criterion) -> Criterion:
            filled = next((name for name in ("all_of", "any_of", "none_of", "of") if getattr(node, name)), None)
            if filled is None:
                return node
            changed: dict[str, Any] = {filled: shuffled(tuple(turned_over(part) for part in node.parts))}
            return attrs.evolve(node, **changed)

        mixed = Facts(
            born_on=facts.born_on,
            known=shuffled(facts.known),
            histories=tuple(
                attrs.evolve(history, happenings=shuffled(history.happenings)) for history in shuffled(facts.histories)
            ),
        )
        source = Source(cite="Invented 1", invented=True)
        one, other = (
            may_be_served(known, Standard.fixed("e", asked, since=date(2020, 1, 1), source=source), on=on)
            for known, asked in (
                (facts, rule),
                (mixed, attrs.evolve(rule, needs=turned_over(rule.needs))),
            )
        )
        assert one.answer is other.answer
        assert set(one.missing) == set(other.missing)


class TestOpposites:
    """None of these is the opposite of any of these, and one of three is the same as any."""

    @given(st.lists(legal_rules.trees(most_leaves=3), min_size=1, max_size=3), legal.facts(), st.dates(*legal.YEARS))
    @settings(max_examples=40, deadline=None)
    def test_groups_agree(self, parts: list[Criterion], facts: Facts, on: date) -> None:
        def asked(**group: Any) -> Answer:
            rule = EligibilityCriteria(needs=Criterion(**group))
            source = Source(cite="Invented 1", invented=True)
            return may_be_served(facts, Standard.fixed("e", rule, since=date(2020, 1, 1), source=source), on=on).answer

        turned = {Answer.YES: Answer.NO, Answer.NO: Answer.YES, Answer.NOT_KNOWN: Answer.NOT_KNOWN}
        of = tuple(parts)
        assert asked(none_of=of) is turned[asked(any_of=of)]
        assert asked(any_of=of) is asked(at_least=1, of=of)
        assert asked(all_of=of) is asked(at_least=len(of), of=of)
