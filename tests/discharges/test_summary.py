"""The discharge summary: as data, and as a page that shows what people wrote and nothing else."""

from datetime import date

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from casecore.contacts import Contact, Mode, Outcome
from casecore.crises import Setting, Stay
from casecore.discharges import (
    ContactTotal,
    Destination,
    Discharged,
    DischargePlanned,
    DischargeReason,
    EpisodeSummary,
    FollowUpArranged,
    GoalOutcome,
    episode_summary,
    escaped,
    summary_markdown,
)
from casecore.goals import Achievement, GoalStatus
from casecore.intake import Admission
from casecore.testing.strategies.discharges import contact_totals, episode_summaries, goal_outcomes
from tests.crises.told import contact_lists

ADMISSION = Admission(admitted_on=date(2025, 3, 1), client="p-1", program="icm", level="2")
LEFT = Discharged(
    discharged_on=date(2026, 3, 10),
    reason=DischargeReason.MOVED_AWAY,
    is_planned=True,
    destination=Destination.FAMILY,
    in_own_words="moved to her sister's",
)


def contact(day: date, minutes: int | None = 30, outcome: Outcome = Outcome.HELD) -> Contact:
    return Contact(held_on=day, mode=Mode.FACE_TO_FACE, outcome=outcome, minutes=minutes)


class TestTheSummaryAsData:
    """It is drawn from what was entered; what nobody entered is not known."""

    def test_what_is_not_handed_in_is_not_known_and_what_is_empty_is_none(self) -> None:
        bare = episode_summary(ADMISSION, LEFT)
        assert (bare.goals, bare.contacts, bare.stays, bare.follow_ups, bare.refusals, bare.medication) == (None,) * 6
        empty = episode_summary(
            ADMISSION, LEFT, plan=DischargePlanned(planned_on=date(2026, 3, 1)), goals=[], contacts=[], stays=[],
            refusals=[],
        )  # fmt: skip
        assert (empty.goals, empty.contacts, empty.stays, empty.follow_ups, empty.refusals) == ((),) * 5
        assert empty.medication is None

    def test_contacts_are_counted_by_mode_and_lengths_that_are_not_known_are_told(self) -> None:
        contacts = [
            contact(date(2025, 3, 1)),
            contact(date(2026, 3, 10), 45),
            contact(date(2026, 1, 1), None),
            contact(date(2026, 1, 2), 30, Outcome.NO_SHOW),
            attrs.evolve(contact(date(2026, 1, 3), 5), mode=Mode.TELEPHONE),
        ]
        assert episode_summary(ADMISSION, LEFT, contacts=contacts).contacts == (
            ContactTotal(mode=Mode.FACE_TO_FACE, held=3, attempts=1, minutes=75, without_length=1),
            ContactTotal(mode=Mode.TELEPHONE, held=1, attempts=0, minutes=5, without_length=0),
        )

    def test_contacts_of_the_day_before_admission_and_the_day_after_discharge_are_not(self) -> None:
        outside = [contact(date(2025, 2, 28)), contact(date(2026, 3, 11))]
        assert episode_summary(ADMISSION, LEFT, contacts=outside).contacts == ()

    def test_stays_that_touch_the_episode(self) -> None:
        before = Stay(
            stay_id="a", setting=Setting.STATE_HOSPITAL, admitted_on=date(2025, 1, 1), discharged_on=date(2025, 2, 28)
        )
        touching = attrs.evolve(before, stay_id="b", discharged_on=date(2025, 3, 1))
        after = Stay(stay_id="c", setting=Setting.STATE_HOSPITAL, admitted_on=date(2026, 3, 11))
        assert episode_summary(ADMISSION, LEFT, stays=[before, touching, after]).stays == (touching,)

    @given(contact_lists(between=(date(2025, 1, 1), date(2026, 6, 1)), most=12))
    def test_every_contact_of_the_episode_is_counted_once(self, contacts: list[Contact]) -> None:
        totals = episode_summary(ADMISSION, LEFT, contacts=contacts).contacts or ()
        inside = [one for one in contacts if date(2025, 3, 1) <= one.held_on <= date(2026, 3, 10)]
        assert sum(total.held + total.attempts for total in totals) == len(inside)
        assert sum(total.held for total in totals) == sum(one.was_held for one in inside)
        assert len({total.mode for total in totals}) == len(totals)


class TestTheSummaryAsMarkdown:
    """A person can read it; unknown is printed as not known, never made up."""

    def test_by_hand(self) -> None:
        summary = episode_summary(
            ADMISSION,
            LEFT,
            case="c-1",
            plan=DischargePlanned(
                planned_on=date(2026, 3, 1), follow_ups=(FollowUpArranged(service="psychiatry", on=date(2026, 3, 16)),)
            ),
            goals=[GoalOutcome(words="*my own* flat", status=GoalStatus.COMPLETED, achievement=Achievement.ACHIEVED)],
            contacts=[contact(date(2026, 1, 1)), contact(date(2026, 1, 2), None)],
            stays=[Stay(stay_id="s", setting=Setting.EMERGENCY_ROOM, admitted_on=date(2025, 5, 1))],
            refusals=[],
        )
        assert summary_markdown(summary) == (
            "# Discharge summary\n"
            "\n"
            "- **Case:** c-1\n"
            "- **Program:** icm\n"
            "- **Level of care:** 2\n"
            "- **Admitted:** 2025-03-01\n"
            "- **Discharged:** 2026-03-10\n"
            "- **Planned:** yes\n"
            "- **Reason:** moved away\n"
            "- **In the agency's words:** moved to her sister's\n"
            "- **Destination:** family\n"
            "- **Living arrangement:** not known\n"
            "- **Diagnosis:** not known\n"
            "- **Treatment and response:** not known\n"
            "- **Functioning:** not known\n"
            "- **Medication:** not known\n"
            "- **In a crisis, call:** not known\n"
            "\n"
            "## Goals\n"
            "\n"
            "- \\*my own\\* flat: status completed, achievement achieved\n"
            "\n"
            "## Contacts\n"
            "\n"
            "- face to face: 2 held, 0 attempted, 30 minutes, the length of 1 not known\n"
            "\n"
            "## Hospital and emergency-room stays\n"
            "\n"
            "- emergency room, not known: 2025-05-01 not ended by the day of discharge\n"
            "\n"
            "## Follow-up arranged\n"
            "\n"
            "- psychiatry: provider not known, day 2026-03-16\n"
            "\n"
            "## Supports\n"
            "\n"
            "None\n"
            "\n"
            "## Offered and declined\n"
            "\n"
            "None\n"
        )

    @given(episode_summaries())
    def test_it_always_has_the_same_headings_and_says_what_is_not_known(self, summary: EpisodeSummary) -> None:
        page = summary_markdown(summary)
        headings = [line for line in page.splitlines() if line.startswith("#")]
        assert headings == [
            "# Discharge summary",
            "## Goals",
            "## Contacts",
            "## Hospital and emergency-room stays",
            "## Follow-up arranged",
            "## Supports",
            "## Offered and declined",
        ]
        sections = (summary.goals, summary.contacts, summary.stays, summary.follow_ups, summary.supports)
        lines = page.splitlines()
        unknown = sum(section is None for section in (*sections, summary.refusals))
        assert lines.count("Not known") == unknown
        assert lines.count("None") == sum(section == () for section in (*sections, summary.refusals))

    @given(goal_outcomes(), contact_totals(), episode_summaries(goals=(), contacts=()))
    def test_what_is_known_is_printed(self, goal: GoalOutcome, total: ContactTotal, bare: EpisodeSummary) -> None:
        page = summary_markdown(attrs.evolve(bare, goals=(goal,), contacts=(total,)))
        assert escaped(goal.words) in page
        assert f"{total.held} held, {total.attempts} attempted, {total.minutes} minutes" in page
        assert ("length" in page) == (total.without_length > 0)


MARKUP = st.text(st.sampled_from('\\`*_[]{}<>|~&$#+-=:%().!0123456789 abc\n\r\t\u2028\u202e\x07é"'), min_size=1)


class TestEscaping:
    """Text that people wrote is shown as it is, on one line, and never as markup."""

    @pytest.mark.parametrize(
        ("text", "shown"),
        [
            ("<script>", "\\<script\\>"),
            ("# a", "\\# a"),
            ("1. a", "1\\. a"),
            ("12) a", "12\\) a"),
            ("a\n\n- b", "a - b"),
            ("a\u202eb", "a b"),
            ("see [x](y)", "see \\[x\\](y)"),
            ("plain, 1.5 mg (daily)", "plain, 1.5 mg (daily)"),
            ("می\u200cشود", "می\u200cشود"),
        ],
    )
    def test_by_hand(self, text: str, shown: str) -> None:
        assert escaped(text) == shown

    @given(MARKUP | st.text(min_size=1))
    def test_taking_the_escapes_away_gives_the_words_back(self, text: str) -> None:
        bare, escapes = [], iter(escaped(text))
        for char in escapes:
            bare.append(next(escapes) if char == "\\" else char)
        visible = "".join(char if char.isprintable() or char in "\u200c\u200d" else " " for char in text)
        assert "".join(bare) == " ".join(visible.split())

    @given(MARKUP)
    def test_a_markdown_reader_sees_one_paragraph_of_plain_text(self, text: str) -> None:
        reader = pytest.importorskip("markdown_it").MarkdownIt("commonmark").enable(["table", "strikethrough"])
        shown = escaped(text)
        tokens = reader.parse(f"- {shown}\n")
        inner = [token for token in tokens if token.type == "inline"]
        kinds = {child.type for token in inner for child in token.children}
        assert kinds <= {"text", "text_special"}
        assert [token.type for token in tokens if token.type.endswith("_open")] in (
            ["bullet_list_open", "list_item_open", "paragraph_open"],
            ["bullet_list_open", "list_item_open"],
        )
        visible = "".join(char if char.isprintable() else " " for char in text)
        told = "".join(child.content for token in inner for child in token.children)
        assert told == " ".join(visible.split())
