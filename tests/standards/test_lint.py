from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings

from casecore.standards import FlawCode, Rulebook, Severity, lint_rulebook, read_rulebook, rulebook_toml
from casecore.terms import NotReadable, plain
from casecore.testing.strategies.standards import rulebooks
from tests.standards.asked import RULES, TEXT

LAW = """
[rulebook]
name = "law"
version = "2024.1"
title = "The law"
layer = "jurisdiction"
"""
STANDARD = """
[[standard]]
name = "contacts/visits"
asks = "visit-minimum"
"""
SOURCE = 'source = { cite = "14 NYCRR 506.4", url = "https://example.org", read_on = 2024-12-01 }'


def edition(since: str, at_least: int | None, *more: str, source: str = SOURCE) -> str:
    value = "repealed = true" if at_least is None else f"value = {{ at_least = {at_least} }}"
    return "\n".join(("\n[[standard.edition]]", f"since = {since}", source, value, *more, ""))


def book(layer: str, *editions: str, name: str = "", programs: str = "[]") -> str:
    heading = LAW.replace('"law"', f'"{name or layer}"').replace("jurisdiction", layer)
    return f"{heading}programs = {programs}\n{STANDARD}" + "".join(editions)


def flaws(text: str, *others: str) -> list[tuple[str, str]]:
    beside = [read_rulebook(other, RULES) for other in others]
    return [(flaw.code.value, flaw.path) for flaw in lint_rulebook(text, RULES, beside)]


E0, E1, E2 = (f"standard[0].edition[{place}]" for place in range(3))
Y24, Y25, Y26 = "2024-01-01", "2025-01-01", "2026-01-01"

CASELOAD = book("base", edition(Y24, 4)).replace("visit-minimum", "caseload-limit").replace("at_least", "at_most")

FLAWED: list[tuple[FlawCode, str, tuple[str, ...], list[str]]] = [
    (FlawCode.UNREADABLE, book("jurisdiction", edition(Y24, 0)), (), [f"{E0}.value.at_least"]),
    (FlawCode.UNREADABLE, "[rulebook", (), [""]),
    (FlawCode.UNREADABLE, book("jurisdiction", edition(Y24, 1), programs='[""]'), (), ["rulebook.programs[0]"]),
    (FlawCode.UNSOURCED, book("jurisdiction", edition(Y24, 4, source="")), (), [f"{E0}.source"]),
    (FlawCode.UNSOURCED, book("jurisdiction", edition(Y24, 4, source="source = {}")), (), [f"{E0}.source.cite"]),
    (FlawCode.UNSOURCED, book("jurisdiction", edition(Y24, 4, source='source.cite = " "')), (), [f"{E0}.source.cite"]),
    (
        FlawCode.INVENTED_SOURCE,
        book("jurisdiction", edition(Y24, 4, source='source = { cite = "Manual", invented = true }')),
        (),
        [f"{E0}.source"],
    ),
    (
        FlawCode.NOT_MARKED_INVENTED,
        book("jurisdiction", edition(Y24, 4)).replace("[[standard]]", "invented = true\n[[standard]]", 1),
        (),
        [f"{E0}.source"],
    ),
    (
        FlawCode.SOURCE_NOT_TRACEABLE,
        book("jurisdiction", edition(Y24, 4, source='source = { cite = "14 NYCRR 506.4" }')),
        (),
        [f"{E0}.source"],
    ),
    (
        FlawCode.REPEATED_NAME,
        book("jurisdiction", edition(Y24, 4)) + STANDARD + edition(Y24, 5),
        (),
        ["standard[1].name"],
    ),
    (
        FlawCode.NAME_FORM,
        book("jurisdiction", edition(Y24, 4)).replace("contacts/visits", "Visits"),
        (),
        ["standard[0].name"],
    ),
    (
        FlawCode.VERSION_FORM,
        book("jurisdiction", edition(Y24, 4)).replace("2024.1", "2024.draft"),
        (),
        ["rulebook.version"],
    ),
    (FlawCode.NO_STANDARDS, LAW, (), ["standard"]),
    (FlawCode.NO_EDITIONS, f"{LAW}{STANDARD}edition = []", (), ["standard[0].edition"]),
    (FlawCode.OUT_OF_ORDER, book("jurisdiction", edition(Y25, 4), edition(Y24, 5)), (), [f"{E1}.since"]),
    (
        FlawCode.OVERLAPPING,
        book("jurisdiction", edition(Y24, 4, f"until = {Y26}"), edition(Y25, 5)),
        (),
        [f"{E1}.since"],
    ),
    (
        FlawCode.OVERLAPPING,
        book("jurisdiction", edition(Y24, 4, f"until = {Y26}"), edition("2024-07-01", 5), edition(Y25, 6)),
        (),
        [f"{E1}.since", f"{E2}.since"],
    ),
    (FlawCode.UNREACHABLE, book("jurisdiction", edition(Y24, 4), edition(Y24, 5)), (), [f"{E0}.since"]),
    (FlawCode.UNREACHABLE, book("jurisdiction", edition(Y24, 4, f"until = {Y24}")), (), [f"{E0}.until"]),
    (
        FlawCode.GAP,
        book("jurisdiction", edition(Y24, 4, "until = 2024-12-31"), edition(Y25, 5)),
        (),
        [f"{E1}.since"],
    ),
    (FlawCode.REPEALS_NOTHING, book("base", edition(Y24, None)), (), [f"{E0}.repealed"]),
    (
        FlawCode.REPEALS_NOTHING,
        book("jurisdiction", edition(Y24, 4), edition(Y25, None), edition(Y26, None)),
        (),
        [f"{E2}.repealed"],
    ),
    (
        FlawCode.REPEALS_NOTHING,
        book("agency", edition(Y24, None)),
        (book("jurisdiction", edition(Y24, 4)).replace("contacts/visits", "contacts/other"),),
        [f"{E0}.repealed"],
    ),
    (
        FlawCode.ASKS_OTHERWISE,
        book("agency", edition(Y24, 4)),
        (
            book("base", edition(Y24, 4))
            .replace("visit-min", "caseload-l")
            .replace("imum", "imit")
            .replace("least", "most"),
        ),
        ["standard[0].asks"],
    ),
    (
        FlawCode.ASKS_FOR_LESS,
        book("agency", edition(Y24, 4), edition(Y25, 3)),
        (book("jurisdiction", edition(Y24, 4)),),
        [f"{E1}.value"],
    ),
    (
        FlawCode.ASKS_FOR_LESS,
        book("agency", edition(Y24, 5), edition(Y25, None)),
        (book("jurisdiction", edition(Y24, 4)),),
        [f"{E1}.repealed"],
    ),
    (
        FlawCode.MASKED,
        book("jurisdiction", edition(Y24, 4, f"until = {Y25}"), edition(Y25, 5)),
        (book("agency", edition(Y24, 6, f"until = {Y25}")),),
        [E0],
    ),
    (
        FlawCode.MASKED,
        book("jurisdiction", edition(Y24, 4)),
        (book("agency", edition("2023-01-01", 6, f"until = {Y25}")), book("program", edition(Y25, 6))),
        [E0],
    ),
    (
        FlawCode.SAME_LAYER,
        book("agency", edition(Y24, 4)),
        (book("agency", edition(Y24, 4), name="house"),),
        ["standard[0].name"],
    ),
]


class TestEachFlawIsFoundAtItsPlace:
    """One flaw, one code, the path in the file; nothing else is said of that text."""

    @pytest.mark.parametrize(
        ("code", "text", "others", "paths"), FLAWED, ids=[f"{code.value}-{at}" for at, (code, *_) in enumerate(FLAWED)]
    )
    def test_one_flaw(self, code: FlawCode, text: str, others: tuple[str, ...], paths: list[str]) -> None:
        assert flaws(text, *others) == [(code.value, path) for path in paths]

    def test_every_code_is_tried_above(self) -> None:
        of_posts_alone = {
            FlawCode.NEVER_MET, FlawCode.ASKS_NOTHING, FlawCode.HIDDEN_ROUTE, FlawCode.FLOOR_TOO_HIGH,
            FlawCode.USELESS_FLOOR, FlawCode.USELESS_SUBSTITUTE, FlawCode.NO_CONVERSION, FlawCode.UNUSED_LIST,
            FlawCode.LIST_OUT_OF_PLACE, FlawCode.UNUSED_STEP, FlawCode.UNKNOWN_POST, FlawCode.CIRCULAR,
        }  # fmt: skip
        assert {code for code, *_ in FLAWED} == set(FlawCode) - of_posts_alone


class TestWhatIsRightIsPassedInSilence:
    """No flaw where none is."""

    def test_the_text_of_these_tests(self) -> None:
        assert flaws(TEXT) == []

    @pytest.mark.parametrize(
        ("text", "others"),
        [
            (book("agency", edition(Y24, 4)), (book("jurisdiction", edition(Y24, 4)),)),
            (book("agency", edition(Y24, None)), ()),
            (book("agency", edition(Y24, 5)), (book("jurisdiction", edition(Y24, 4)),)),
            (book("agency", edition(Y24, 3, f"until = {Y25}")), (book("jurisdiction", edition(Y25, 4)),)),
            (book("jurisdiction", edition(Y24, 4)), (book("agency", edition(Y24, 6, f"until = {Y25}")),)),
            (book("jurisdiction", edition(Y24, 4)), (book("agency", edition(Y24, 6), programs='["ICM"]'),)),
            (book("agency", edition(Y24, 3)), (book("agency", edition(Y24, 4)).replace("2024.1", "2024.2"),)),
            (
                book("agency", edition(Y24, 3), programs='["SCM"]'),
                (book("jurisdiction", edition(Y24, 4), programs='["ICM"]'),),
            ),
            (
                book("agency", edition(Y24, None), edition(Y25, 9)),
                (book("jurisdiction", edition(Y25, 4)),),
            ),
        ],
        ids=[
            "as much as the law",
            "a repeal, and nothing known of the layers above",
            "more than the law",
            "less, before the law begins",
            "hidden for a year only",
            "hidden for one program only",
            "another version of itself",
            "of other programs",
            "a repeal before the law begins",
        ],
    )
    def test_beside_other_rulebooks(self, text: str, others: tuple[str, ...]) -> None:
        assert flaws(text, *others) == []

    def test_an_edition_may_follow_on_the_day_the_last_ends(self) -> None:
        assert flaws(book("jurisdiction", edition(Y24, 4, f"until = {Y25}"), edition(Y25, None))) == []


class TestAllFlawsAreNamedAtOnce:
    """One hides no other, the reader refuses exactly what has an error that it can see."""

    TEXT = (
        book("agency", edition(Y24, 0), edition(Y25, 3, f"until = {Y24}", source=""), edition(Y24, 3, source=""))
        + STANDARD.replace("visits", "more")
        + edition(Y24, 4, f"until = {Y26}", source='source = { cite = "x", invented = true }')
        + edition(Y25, 5)
    )

    def test_errors_first_each_in_the_order_of_the_file(self) -> None:
        assert flaws(self.TEXT + STANDARD + edition(Y25, 5, source='source.cite = "x"')) == [
            ("unreadable", f"{E0}.value.at_least"),
            ("unsourced", f"{E1}.source"),
            ("unsourced", f"{E2}.source"),
            ("invented-source", "standard[1].edition[0].source"),
            ("overlapping", "standard[1].edition[1].since"),
            ("repeated-name", "standard[2].name"),
            ("source-not-traceable", "standard[2].edition[0].source"),
        ]

    def test_it_takes_every_text_and_never_raises(self) -> None:
        for text in ("", "standard = 5", "[rulebook]\nname = 5", "\0", "standard = [{edition = [5]}]"):
            assert lint_rulebook(text, RULES)

    @settings(max_examples=60)
    @given(rulebooks(), rulebooks())
    def test_a_rulebook_that_can_be_read_has_no_error_beside_another(self, book: Rulebook, other: Rulebook) -> None:
        try:
            text = rulebook_toml(book)
        except NotReadable:
            return  # a standard of repeals alone has no text
        errors = [flaw for flaw in lint_rulebook(text, RULES, [other]) if flaw.severity is Severity.ERROR]
        assert errors == []

    def test_a_flaw_is_plain_data_for_a_program_and_a_line_for_a_person(self) -> None:
        (flaw,) = lint_rulebook(book("base", edition(Y24, None)), RULES)
        told: dict[str, Any] = plain(flaw)
        assert told == {
            "severity": "warning",
            "code": "repeals-nothing",
            "path": f"{E0}.repealed",
            "message": "has nothing to repeal",
            "standard": "contacts/visits",
        }
        assert str(flaw) == f"warning: {E0}.repealed (contacts/visits): has nothing to repeal [repeals-nothing]"

    def test_a_flaw_of_the_whole_file(self) -> None:
        (flaw,) = lint_rulebook("a = ", RULES)
        assert str(flaw).startswith("error: file: is not TOML: ")
