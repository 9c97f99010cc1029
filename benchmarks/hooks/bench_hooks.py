"""
What it costs to ask plugins: nothing where none answers, little where one does.

The floor of the first rows is a call of a function that does nothing, which is the least a desk could do itself. The
floor of the next ones is the plugin's function called directly; each does the least that such a plugin does in earnest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime

from benchmarks.harness import Row, compare
from benchmarks.record.cases import lines
from casecore.agency import Agency, OldEntry
from casecore.hooks import CaseAsked, load_plugins
from casecore.record import RULES, Question, fold
from casecore.standards import Rules, model_rulebook_text, read_rulebook
from casecore.terms import WorkingDays
from casecore.testing import MemoryStore
from examples.plugins import town_shelter
from examples.plugins.own_cases_only import OwnCasesOnly
from examples.plugins.tally import Tally

TODAY = date(2026, 3, 31)


def rows() -> Iterator[Row]:
    yield from without_plugins()
    yield from with_one()
    yield from at_the_desk()


def nothing(*said: object) -> None:
    """What a desk without any hooks would do."""


def without_plugins() -> Iterator[Row]:
    none = load_plugins([])
    agency = Agency(MemoryStore())
    written = ()
    yield compare(
        "tell of a writing, no plugin", ours=lambda: none.has_listeners and none.written(written),
        floor=lambda: nothing(written), against="a call that does nothing", at_most=1.0, rounds=300, calls=1000,
    )  # fmt: skip
    access = agency._access
    record = fold("C-1", ())
    yield compare(
        "ask for access, no plugin", ours=lambda: access.is_asked and access.to_read(record, None),
        floor=lambda: nothing(record), against="a call that does nothing", at_most=1.0, rounds=300, calls=1000,
    )  # fmt: skip


def with_one() -> Iterator[Row]:
    contact = lines(20)
    tally, direct = Tally(), Tally()
    told = load_plugins([tally])
    yield compare(
        "tell one listener of a writing", ours=lambda: told.written(contact[:1]),
        floor=lambda: direct.casecore_on_written(contact[:1]), against="the listener called directly",
        at_most=1.5, rounds=300, calls=300,
    )  # fmt: skip
    policy = OwnCasesOnly(supervisors={"s-1"})
    asked = load_plugins([policy])
    cases = tuple(CaseAsked(f"C-{number}", "w-7", "ICM") for number in range(15))
    yield compare(
        "ask one policy for a worker's 15 cases", ours=lambda: asked.may_read("w-7", cases),
        floor=lambda: policy.casecore_contribute_may_read("w-7", cases), against="the policy called directly",
        at_most=1.5, rounds=300, calls=10,
    )  # fmt: skip
    question = asked_about(100)
    (review,) = load_plugins([town_shelter]).reviews().values()
    yield compare(
        "one review of a case of 100 entries", ours=lambda: review(question),
        floor=lambda: town_shelter.housing_search(question), against="the review called directly",
        at_most=1.5, rounds=300, calls=100,
    )  # fmt: skip


def asked_about(entries: int) -> Question:
    """A case that the shelter gave a bed."""
    rulebook = read_rulebook(
        town_shelter.casecore_provide_rulebooks()["town-shelter@1"],
        {"town-shelter/housing-search": town_shelter.HousingSearch},
    )
    bed = town_shelter.BedGiven(given_on=TODAY, bed="b-1")
    written = lines(entries)
    record = fold("C-000000", (*written, written[-1]._replace(number=entries + 1, entry=bed)))
    return Question(record, Rules([rulebook]), TODAY, WorkingDays(), UTC, None, None)


def at_the_desk() -> Iterator[Row]:
    """The whole of a desk's work on a case of 100 entries, with a listener and a review, and with a policy too."""
    plain, with_some, with_policy = desk(), desk(town_shelter, Tally()), desk(OwnCasesOnly(supervisors={"w-7"}))
    work: dict[str, Callable[[Agency], object]] = {
        "read a case": lambda agency: agency.read("C-000000", by="w-7"),
        "its checklist": lambda agency: agency.checklist("C-000000", by="w-7"),
    }
    for name, part in work.items():
        for plugins, agency in (("a review and a listener", with_some), ("a policy", with_policy)):
            yield compare(
                f"desk: {name}, with {plugins}", ours=lambda part=part, agency=agency: part(agency),
                floor=lambda part=part: part(plain), against="the same desk without plugins", at_most=1.5, rounds=100,
            )  # fmt: skip


def desk(*plugins: object) -> Agency:
    agency = Agency(
        MemoryStore(),
        [read_rulebook(model_rulebook_text(), RULES)],
        clock=lambda: datetime(2027, 12, 31, 12, tzinfo=UTC),
        plugins=load_plugins(plugins),
    )
    old = [OldEntry(entry_id=line.entry_id, entry=line.entry, by=line.by) for line in lines(100)]
    assert all(done.written for done in agency.adopt([("C-000000", old)]))
    return agency
