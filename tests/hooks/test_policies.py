"""The two policies of calling plugins, and what a plugin answers being checked."""

from __future__ import annotations

import logging
import types
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import attrs
import pytest

from casecore.hooks import (
    QUARANTINE_AFTER,
    Arrival,
    CaseAsked,
    Fault,
    NewKinds,
    Plugins,
    PluginState,
    Resource,
    ResourceSearch,
    Untaken,
    hookimpl,
    load_plugins,
)
from casecore.record import Question, Reviewed, fold
from casecore.standards import Rule, Rules
from casecore.terms import (
    ONE_DAY,
    Due,
    Entry,
    Finding,
    NotKnown,
    NotReadable,
    Period,
    PluginFault,
    StoreUnavailable,
    WorkingDays,
    no,
    yes,
)

DAY = date(2026, 3, 31)
SEARCH = ResourceSearch("housing")
EXITS: tuple[BaseException, ...] = (
    RuntimeError("jane:secret"),
    SystemExit(3),
    GeneratorExit(),
    NotKnown("jane:secret"),
    RecursionError("jane:secret"),
)


def plugin(name: str = "odd", /, **functions: Callable[..., Any]) -> types.ModuleType:
    module = types.ModuleType(name)
    for question, function in functions.items():
        function.__name__ = question
        setattr(module, question, hookimpl(function))
    return module


def raising(error: BaseException) -> Callable[..., Any]:
    def function() -> None:
        raise error

    return function


def policy(name: str, may_read: Any, may_write: Any = None) -> types.ModuleType:
    def casecore_contribute_may_read(cases: Any) -> Any:
        return may_read(cases) if callable(may_read) else may_read

    def casecore_contribute_may_write() -> Any:
        return may_write

    return plugin(
        name,
        casecore_contribute_may_read=casecore_contribute_may_read,
        casecore_contribute_may_write=casecore_contribute_may_write,
    )


def listening(name: str, function: Callable[[Any], None]) -> types.ModuleType:
    def casecore_on_written(lines: Any) -> None:
        function(lines)

    return plugin(name, casecore_on_written=casecore_on_written)


QUESTIONS: dict[str, Callable[[Plugins], object]] = {
    "casecore_provide_rulebooks": lambda plugins: plugins.rulebooks(),
    "casecore_provide_posts": lambda plugins: plugins.posts(),
    "casecore_provide_instruments": lambda plugins: plugins.instruments(),
    "casecore_provide_closed_days": lambda plugins: plugins.closed_days(),
    "casecore_provide_resources": lambda plugins: plugins.resources(SEARCH),
    "casecore_contribute_kinds": lambda plugins: plugins.kinds(),
    "casecore_contribute_reviews": lambda plugins: plugins.reviews(),
    "casecore_provide_store": lambda plugins: plugins.store("memory:"),
}


class TestWhatIsAskedFailsClosed:
    """Whatever a plugin does, whoever asks gets an error that names it; nothing of the plugin's message."""

    @pytest.mark.parametrize("question", QUESTIONS)
    @pytest.mark.parametrize("error", EXITS, ids=lambda error: type(error).__name__)
    def test_an_error_ends_the_asking(self, question: str, error: BaseException) -> None:
        asked = load_plugins([plugin("odd", **{question: raising(error)})])
        expected = NotKnown if question == "casecore_provide_store" and isinstance(error, NotKnown) else PluginFault
        with pytest.raises(expected) as fault:
            QUESTIONS[question](asked)
        if expected is PluginFault:
            assert f"plugin odd: failed in {question}: {type(error).__name__} at test_policies.py:" in str(fault.value)
            assert fault.value.__cause__ is None
            assert fault.value.__context__ is None
            assert "secret" not in str(fault.value)

    def test_only_the_keyboard_interrupts(self) -> None:
        for question, ask in QUESTIONS.items():
            with pytest.raises(KeyboardInterrupt):
                ask(load_plugins([plugin("odd", **{question: raising(KeyboardInterrupt())})]))

    def test_a_plugin_that_was_asked_in_vain_is_asked_again(self) -> None:
        asked = load_plugins([plugin("odd", casecore_provide_posts=raising(RuntimeError()))])
        for _ in range(QUARANTINE_AFTER + 2):
            with pytest.raises(PluginFault):
                asked.posts()
        assert asked.states()[0].state is PluginState.OK


class TestAccess:
    """All policies must say yes; anything but a yes is a no."""

    CASES = (CaseAsked("C-1", "w-7", "icm"), CaseAsked("C-2"))

    def test_all_must_agree(self) -> None:
        both = policy("both", lambda cases: [yes("?")] * len(cases), yes("?"))
        first = policy("first", lambda cases: [yes("?"), no("?", "not theirs")], no("?", "not theirs"))
        for plugins, answers, written in (([both], [True, True], True), ([both, first], [True, False], False)):
            asked = load_plugins(plugins)
            assert [verdict.is_yes for verdict in asked.may_read("w-7", self.CASES)] == answers
            assert asked.may_write("w-7", self.CASES[0], Entry()).is_yes is written

    @pytest.mark.parametrize(
        "answer", [None, True, [], [yes("?")], [yes("?")] * 3, [yes("?"), True], [None, None], "yy"]
    )
    def test_anything_but_one_verdict_a_case_is_a_fault(self, answer: object) -> None:
        with pytest.raises(PluginFault, match=r"plugin odd: .*verdict"):
            load_plugins([policy("odd", answer)]).may_read("w-7", self.CASES)

    @pytest.mark.parametrize("answer", [None, True, "yes", [yes("?")]])
    def test_anything_but_a_verdict_is_a_fault(self, answer: object) -> None:
        with pytest.raises(PluginFault, match="plugin odd: answered with something else than a verdict"):
            load_plugins([policy("odd", None, answer)]).may_write("w-7", self.CASES[0], Entry())

    def test_an_error_is_a_fault_and_an_unreachable_directory_may_be_tried_again(self) -> None:
        for error in EXITS:
            with pytest.raises(PluginFault):
                load_plugins([policy("odd", lambda cases, e=error: raising(e)())]).may_read("w-7", self.CASES)
        with pytest.raises(StoreUnavailable):
            load_plugins([policy("odd", lambda cases: raising(StoreUnavailable("ldap"))())]).may_read("w", self.CASES)

    def test_half_a_policy_is_none(self) -> None:
        for half in ("casecore_contribute_may_read", "casecore_contribute_may_write"):
            with pytest.raises(PluginFault, match="an access policy says both"):
                load_plugins([plugin("odd", **{half: lambda by: yes("?")})])
        assert not load_plugins([]).has_access_policy
        assert load_plugins([policy("odd", None)]).has_access_policy

    def test_the_arguments_come_by_name_in_whatever_order(self) -> None:
        def casecore_contribute_may_write(entry: Entry, by: str) -> Any:
            return yes("?", because=f"{by} {type(entry).__name__}")

        whole = policy("odd", None)
        whole.casecore_contribute_may_write = hookimpl(casecore_contribute_may_write)  # type: ignore[attr-defined]
        verdict = load_plugins([whole]).may_write("w-7", self.CASES[0], Entry())
        assert verdict.because == "w-7 Entry"


class TestWhoIsToldIsIsolated:
    """One that fails is reported, the others still hear, and one that keeps failing is told nothing more."""

    @pytest.mark.parametrize("error", EXITS, ids=lambda error: type(error).__name__)
    def test_the_others_still_hear(self, error: BaseException) -> None:
        heard: list[Any] = []
        faults: list[Fault] = []
        plugins = [
            listening("a", heard.append),
            listening("odd", lambda lines: raising(error)()),
            listening("b", heard.append),
        ]
        load_plugins(plugins, on_fault=faults.append).written(("line",))  # type: ignore[arg-type]
        assert heard == [("line",), ("line",)]
        (fault,) = faults
        assert fault[:3] == ("odd", "casecore_on_written", type(error).__name__)
        assert fault.where.startswith("test_policies.py:")
        assert (fault.running, fault.quarantined) == (1, False)
        assert "secret" not in str(fault)

    def test_the_keyboard_interrupts(self) -> None:
        with pytest.raises(KeyboardInterrupt):
            load_plugins([listening("a", lambda lines: raising(KeyboardInterrupt())())]).written(())

    def test_without_a_listener_of_faults_the_log_has_them(self, caplog: pytest.LogCaptureFixture) -> None:
        with caplog.at_level(logging.WARNING, "casecore.hooks"):
            load_plugins([listening("odd", lambda lines: raising(RuntimeError("jane:secret"))())]).written(())
        (record,) = caplog.records
        assert record.getMessage().startswith(
            "plugin odd: failed in casecore_on_written: RuntimeError at test_policies"
        )

    def test_a_listener_of_faults_that_fails_disturbs_nobody(self, caplog: pytest.LogCaptureFixture) -> None:
        def on_fault(fault: Fault) -> None:
            raise ValueError("jane:secret")

        odd = listening("odd", lambda lines: raising(RuntimeError())())
        load_plugins([odd], on_fault=on_fault).written(())
        assert "on_fault failed too: ValueError" in caplog.text
        assert "secret" not in caplog.text

    def test_quarantine(self) -> None:
        calls: list[str] = []
        is_failing = True

        def flaky(lines: Any) -> None:
            calls.append("flaky")
            if is_failing:
                raise RuntimeError

        faults: list[Fault] = []
        plugins = load_plugins([listening("flaky", flaky), listening("b", calls.append)], on_fault=faults.append)
        for _ in range(QUARANTINE_AFTER + 2):
            plugins.written(())
        assert calls.count("flaky") == QUARANTINE_AFTER
        assert calls.count(()) == QUARANTINE_AFTER + 2  # type: ignore[arg-type]
        assert [fault.quarantined for fault in faults] == [False] * (QUARANTINE_AFTER - 1) + [True]
        state = plugins.states()[0]
        assert state.state is PluginState.BLOCKED
        assert state.reason.startswith("failed 3 times running, last in casecore_on_written: RuntimeError at ")
        plugins.lift("flaky")
        assert plugins.states()[0].state is PluginState.OK
        plugins.written(())
        assert calls.count("flaky") == QUARANTINE_AFTER + 1
        is_failing = False
        plugins.written(())
        is_failing = True
        plugins.written(())
        assert [fault.running for fault in faults[-2:]] == [1, 1]  # one success in between starts anew
        with pytest.raises(NotKnown):
            plugins.lift("flakey")

    def test_another_number_and_another_desk(self) -> None:
        odd = listening("odd", lambda lines: raising(RuntimeError())())
        first, second = load_plugins([odd], quarantine_after=1, on_fault=lambda _: None), load_plugins([odd])
        first.written(())
        assert first.states()[0].state is PluginState.BLOCKED
        assert second.states()[0].state is PluginState.OK

    def test_quarantine_does_not_silence_what_a_plugin_is_asked(self) -> None:
        def casecore_on_written() -> None:
            raise RuntimeError

        guard = policy("guard", lambda cases: [no("?", "closed")] * len(cases))
        guard.casecore_on_written = hookimpl(casecore_on_written)  # type: ignore[attr-defined]
        plugins = load_plugins([guard], quarantine_after=1, on_fault=lambda _: None)
        plugins.written(())
        assert plugins.states()[0].state is PluginState.BLOCKED
        assert not plugins.may_read("w-7", (CaseAsked("C-1"),))[0].is_yes


@attrs.frozen(kw_only=True)
class Walk(Entry, kind="test/walk", dated="walked_on"):
    walked_on: date


@attrs.frozen(kw_only=True)
class TakesAdmissions(Entry, kind="admission", dated="walked_on"):
    walked_on: date


@attrs.frozen(kw_only=True)
class Walks(Rule, asks="test/walks"):
    at_least: int


@attrs.frozen(kw_only=True)
class TakesContactMinimum(Rule, asks="contact-minimum"):
    at_least: int


class Undated(Entry, kind="test/undated"):
    pass


def resource(**fields: Any) -> Resource:
    return Resource(**({"id": "1", "name": "Elm"} | fields))


WRONG: list[tuple[str, object, str]] = [
    ("casecore_provide_instruments", {"x": "text"}, "not id@version"),
    ("casecore_provide_instruments", {"x@1": 1}, "mapping of text"),
    ("casecore_provide_closed_days", None, "collection of days"),
    ("casecore_provide_closed_days", "2026-01-01", "collection of days"),
    ("casecore_provide_closed_days", ["2026-01-01"], "collection of days"),
    ("casecore_provide_closed_days", [datetime(2026, 1, 1, tzinfo=UTC)], "collection of days"),
    ("casecore_provide_closed_days", [DAY + n * ONE_DAY for n in range(20_001)], "more than 20000"),
    ("casecore_provide_resources", None, "list of Resource"),
    ("casecore_provide_resources", [("1", "Elm")], "list of Resource"),
    ("casecore_provide_resources", [resource(needs=["housing"])], "list of Resource"),
    ("casecore_provide_resources", [resource(needs=(1,))], "list of Resource"),
    ("casecore_provide_resources", [resource(name="a\0b")], "list of Resource"),
    ("casecore_provide_resources", [resource(id="")], "list of Resource"),
    ("casecore_provide_resources", [resource(), resource()], "two resources with one id"),
    ("casecore_provide_resources", [resource(id=str(n)) for n in range(1_001)], "more than 1000"),
    ("casecore_contribute_kinds", None, "not a NewKinds"),
    ("casecore_contribute_kinds", NewKinds(entries=Walk), "that are not a tuple"),  # type: ignore[arg-type]
    ("casecore_contribute_kinds", NewKinds(entries=(Walks,)), "something else than an attrs class of Entry"),  # type: ignore[arg-type]
    ("casecore_contribute_kinds", NewKinds(entries=(Undated,)), "something else than an attrs class of Entry"),
    ("casecore_contribute_kinds", NewKinds(entries=(attrs.frozen(Undated),)), "kind or its day"),
    ("casecore_contribute_kinds", NewKinds(entries=(TakesAdmissions,)), "'admission' is casecore's"),
    ("casecore_contribute_kinds", NewKinds(entries=(Walk, Walk)), "'test/walk' is odd's"),
    ("casecore_contribute_kinds", NewKinds(rules=(TakesContactMinimum,)), "'contact-minimum' is casecore's"),
    ("casecore_contribute_kinds", NewKinds(upcasts={("contact", 1): dict}), "a kind of its own"),
    ("casecore_contribute_kinds", NewKinds((Walk,), upcasts={("test/walk", 1): "x"}), "a kind of its own"),  # type: ignore[dict-item]
    ("casecore_contribute_reviews", [len], "mapping of functions"),
    ("casecore_contribute_reviews", {"own@1": 7}, "mapping of functions"),
    ("casecore_contribute_reviews", {"own": len}, "not name@version"),
]


class TestWhatIsAnsweredIsChecked:
    """An answer of the wrong type, or out of bounds, is the plugin's fault and goes no further."""

    @pytest.mark.parametrize(("question", "answer", "told"), WRONG)
    def test_what_is_wrong(self, question: str, answer: object, told: str) -> None:
        with pytest.raises(PluginFault, match=told) as fault:
            QUESTIONS[question](load_plugins([plugin("odd", **{question: lambda: answer})]))
        assert fault.value.plugin == "odd"

    def test_what_is_right(self) -> None:
        right = plugin(
            "right",
            casecore_provide_closed_days=lambda: {DAY},
            casecore_contribute_kinds=lambda: NewKinds((Walk,), (Walks,), {("test/walk", 1): dict}),
            casecore_provide_resources=lambda search: [resource(name=search.need)],
            casecore_provide_instruments=lambda: {"own@1": "x"},
        )
        asked = load_plugins([right, plugin("b", casecore_provide_closed_days=lambda: (DAY + ONE_DAY,))])
        assert asked.closed_days() == {DAY, DAY + ONE_DAY}
        assert asked.kinds() == NewKinds((Walk,), (Walks,), {("test/walk", 1): dict})
        assert asked.resources(SEARCH) == (resource(name="housing", directory="right"),)
        assert asked.instruments() == {"own@1": "x"}

    def test_an_answer_that_runs_code_when_it_is_looked_at(self) -> None:
        class Leaves(dict[str, str]):
            def items(self) -> Any:
                raise SystemExit(1)

        class Endless(list[Any]):
            def __iter__(self) -> Any:
                raise SystemExit(1)

        class Looked:
            def __getattr__(self, name: str) -> Any:
                raise SystemExit(1)

        answers: dict[str, object] = {"casecore_provide_store": Looked()}
        for question in ("posts", "rulebooks", "instruments"):
            answers[f"casecore_provide_{question}"] = Leaves()
        for question in ("closed_days", "resources"):
            answers[f"casecore_provide_{question}"] = Endless()
        for question, answer in answers.items():
            with pytest.raises(PluginFault, match="plugin odd"):
                QUESTIONS[question](load_plugins([plugin("odd", **{question: lambda answer=answer: answer})]))

    @pytest.mark.parametrize(
        ("question", "answer"),
        [
            ("casecore_contribute_kinds", NewKinds((Walk,))),
            ("casecore_contribute_kinds", NewKinds(rules=(Walks,))),
            ("casecore_contribute_reviews", {"own@1": len}),
            ("casecore_provide_instruments", {"own@1": "x"}),
        ],
    )
    def test_two_plugins_may_not_bring_the_same(self, question: str, answer: object) -> None:
        both = [plugin(name, **{question: lambda: answer}) for name in ("a", "b")]
        with pytest.raises(PluginFault, match=r"plugin b: .* a"):
            QUESTIONS[question](load_plugins(both))


def due(as_of: date = DAY) -> Due:
    return Due(code="walk-owed", what="a walk", window=Period(DAY, DAY + ONE_DAY), since=DAY, as_of=as_of)


FINDING = Finding(code="walk-short", on=DAY, what="a short walk")
QUESTION = Question(fold("C-1", ()), Rules(()), DAY, WorkingDays(), UTC, None, None)


class TestReviewsOfPlugins:
    """A review that fails, or answers with something else, ends the judgement by the plugin's name."""

    def reviewed(self, review: Callable[[Question], Any]) -> Reviewed:
        (own,) = load_plugins([plugin("odd", casecore_contribute_reviews=lambda: {"own@1": review})]).reviews().values()
        return own(QUESTION)

    def test_what_is_right(self) -> None:
        found = Reviewed([due()], (FINDING,), [DAY])
        assert self.reviewed(lambda _: found) is found

    @pytest.mark.parametrize(
        ("found", "told"),
        [
            (None, "something else than a Reviewed"),
            (([], [], []), "something else than a Reviewed"),
            (Reviewed([FINDING]), "dues that are not all a Due"),  # type: ignore[list-item]
            (Reviewed(iter([due()])), "dues that are not all a Due"),  # type: ignore[arg-type]
            (Reviewed(findings=[due()]), "findings that are not all a Finding"),  # type: ignore[list-item]
            (Reviewed(turning_days=[datetime(2026, 1, 1, tzinfo=UTC)]), "turning_days that are not all a date"),
            (Reviewed([due()] * 1_001), "more than 1000 dues"),
            (Reviewed([due(DAY - timedelta(days=1))]), "as of another day"),
        ],
    )
    def test_what_is_wrong(self, found: object, told: str) -> None:
        with pytest.raises(PluginFault, match=f"plugin odd: answered own@1 with .*{told}"):
            self.reviewed(lambda _: found)

    @pytest.mark.parametrize("error", [*EXITS, NotReadable([])], ids=lambda error: type(error).__name__)
    def test_an_error(self, error: BaseException) -> None:
        with pytest.raises(PluginFault, match=f"plugin odd: failed in own@1: {type(error).__name__}"):
            self.reviewed(lambda _: raising(error)())


class TestArrivals:
    """What connectors tell is checked before any of it is written."""

    RIGHT = Arrival("C-1", Walk(walked_on=DAY), "h/v1", "2026", "a.csv:2")

    def told(self, answer: object) -> list[Arrival | Untaken]:
        return load_plugins([plugin("odd", casecore_provide_arrivals=lambda: answer)]).arrivals()

    def test_what_is_right(self) -> None:
        later = self.RIGHT._replace(revision="2027", entry=Walk(walked_on=DAY + ONE_DAY))
        told = [self.RIGHT, self.RIGHT, later, Untaken("a.csv:3", "is nobody's")]
        assert self.told(told) == told
        assert self.RIGHT.entry_id == "h/v1@2026"

    @pytest.mark.parametrize(
        "wrong",
        [
            {"case": ""}, {"case": None}, {"source": ""}, {"source": "a@b"}, {"source": "x" * 196}, {"revision": ""},
            {"revision": "1@2"}, {"revision": 7}, {"entry": None}, {"where": None}, {"where": "a\0"},
        ],
    )  # fmt: skip
    def test_what_is_wrong_with_one(self, wrong: dict[str, Any]) -> None:
        with pytest.raises(PluginFault, match="plugin odd: provided something else than an Arrival"):
            self.told([self.RIGHT, self.RIGHT._replace(**wrong)])

    @pytest.mark.parametrize("answer", [None, "x", iter(()), [Untaken("a", 1)] * 200_001])  # type: ignore[arg-type]
    def test_what_is_no_list(self, answer: object) -> None:
        with pytest.raises(PluginFault, match="not a list of at most"):
            self.told(answer)

    def test_other_things_and_two_contents_of_one_telling(self) -> None:
        for wrong in (("C-1",), Untaken("a", 1), 7):  # type: ignore[arg-type]
            with pytest.raises(PluginFault, match="something else"):
                self.told([wrong])
        with pytest.raises(PluginFault, match="one telling of one fact with two contents"):
            self.told([self.RIGHT, self.RIGHT._replace(case="C-2")])

    def test_an_error(self) -> None:
        for error, expected in ((RuntimeError(), PluginFault), (StoreUnavailable("share"), StoreUnavailable)):
            with pytest.raises(expected):
                load_plugins([plugin("odd", casecore_provide_arrivals=raising(error))]).arrivals()
