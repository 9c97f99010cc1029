"""
Post 1 in the words of three rule engines: the plain yes or no, of a staff file as plain dicts.

Each engine gets the file as it likes it best, made beforehand: days as numbers, the degree's level as a rank, quarter
credits already in semester credits. What it can express it must do itself: which degrees, credits, spells and rulings
fit, by level, accreditor, subject, kind and day, how many credits these are together, and the routes. None can lay
overlapping part-time spells together and count calendar months. So there are two readings:

* *whole rule*: the months come from a Python function of `by_hand`, put into the engine as its own, given the spells
  that the engine found to fit. Shares and the calendar cost the engine nothing but that.
* *months given*: the months stand in the file, computed beforehand. This favors the engine: what takes us most time,
  and what changes every day, it does not do at all.

`json-logic-qubit` sees nothing of the file from within a list, so the days of degrees and rulings go unchecked there.
`business-rules` compares single values and can express nothing but the routes; the rest are Python methods that its
author is meant to write. With *months given* all those values are given, and what is measured is six comparisons.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import json_logic
import rule_engine
from business_rules.engine import check_conditions_recursively
from business_rules.variables import BaseVariables, boolean_rule_variable, numeric_rule_variable

from benchmarks.staff.by_hand import FITTING, KINDS, MONTH, RECOGNIZED, SUBJECTS, exact, months
from casecore.staff import Level

Judge = Callable[[dict[str, Any]], bool]
CLAUSE = "equivalent-combination"


def prepared(file: dict[str, Any], on: date) -> dict[str, Any]:
    """A plain file as the engines like it best, with the months given."""
    outside = _credits(file["credits"])
    degrees = [
        {
            "rank": Level(each["level"]).rank,
            "awarded": date.fromisoformat(each["awarded_on"]).toordinal(),
            "accreditors": each["accreditors"],
            "credits": _credits(each.get("credits") or []),
        }
        for each in file["degrees"]
    ]
    experience = [
        {
            "first": date.fromisoformat(each["began_on"]).toordinal(),
            "after": (date.fromisoformat(each["ended_on"]) if each["ended_on"] else on).toordinal() + 1,
            "share": each["share"],
            "kinds": each["kinds"],
        }
        for each in file["experience"]
    ]
    rulings = [
        {
            "clause": each["clause"],
            "post": each["post"],
            "is_so": each["is_so"],
            "decided": date.fromisoformat(each["decided_on"]).toordinal(),
        }
        for each in file.get("rulings", [])
    ]
    fitting = [each for each in experience if not FITTING.isdisjoint(each["kinds"])]
    return {
        "on": on.toordinal(),
        "degrees": degrees,
        "credits": outside,
        "all_credits": [*outside, *(credits for each in degrees for credits in each["credits"])],
        "experience": experience,
        "rulings": rulings,
        "months": months_of(fitting),
    }


def _credits(parts: list[dict[str, Any]]) -> list[dict[str, Any]]:
    in_semesters = {"semester": 1, "quarter": 2 / 3}
    return [{"subject": each["subject"], "amount": each["amount"] * in_semesters[each["unit"]]} for each in parts]


def months_of(spells: Sequence[Any]) -> float:
    """The months of spells that fit, overlapping and part-time: what no engine can express."""
    points = months([(int(each["first"]), int(each["after"]), exact(float(each["share"]))) for each in spells])
    return float(points / MONTH)


def by_rule_engine(*, months_given: bool) -> Judge:
    """The rule in `rule-engine`; a list of one value serves to name the months and use them twice."""
    kinds, recognized, subjects = (_listed(words) for words in (KINDS, sorted(RECOGNIZED), sorted(SUBJECTS)))
    spells = f"[s for s in experience if s.first <= on and $any([k in {kinds} for k in s.kinds])]"
    counted = "months" if months_given else f"$months_of({spells})"

    def degree(rank: int) -> str:
        fits = f"d.rank >= {rank} and d.awarded <= on and $any([a in {recognized} for a in d.accreditors])"
        return f"[d for d in degrees if {fits}].length > 0"

    credits = f"$sum([c.amount for c in all_credits if c.subject in {subjects}]) >= 30"
    ruled = f'[r for r in rulings if r.clause == "{CLAUSE}" and r.decided <= on and r.is_so].length > 0'
    routes = f"({degree(2)} and (m >= 36 or (m >= 24 and {credits}))) or {degree(3)} or {ruled}"
    builtins = rule_engine.builtins.Builtins.from_defaults(
        {"months_of": months_of},
        value_types={
            "months_of": rule_engine.DataType.FUNCTION("months_of", return_type=rule_engine.DataType.FLOAT),
        },
    )
    context = rule_engine.Context()
    context.builtins = builtins
    rule = rule_engine.Rule(f"$any([m >= 12 and ({routes}) for m in [{counted}]])", context=context)
    return lambda file: bool(rule.matches(file))


def _listed(words: Sequence[str]) -> str:
    return "[" + ", ".join(f'"{word}"' for word in words) + "]"


def by_json_logic(*, months_given: bool) -> Judge:
    """The rule in `json-logic-qubit`; it has no names for values, so the months are asked for where they are needed."""
    json_logic.add_operation("months_of", months_of)
    json_logic.add_operation("sum", lambda amounts: sum(amounts))
    fits = {"some": [{"var": "kinds"}, {"in": [{"var": ""}, list(KINDS)]}]}
    counted = {"var": "months"} if months_given else {"months_of": [{"filter": [{"var": "experience"}, fits]}]}

    def at_least(number: int) -> dict[str, Any]:
        return {">=": [counted, number]}

    def degree(rank: int) -> dict[str, Any]:
        recognized = {"some": [{"var": "accreditors"}, {"in": [{"var": ""}, sorted(RECOGNIZED)]}]}
        return {"some": [{"var": "degrees"}, {"and": [{">=": [{"var": "rank"}, rank]}, recognized]}]}

    fitting = {"filter": [{"var": "all_credits"}, {"in": [{"var": "subject"}, sorted(SUBJECTS)]}]}
    thirty = {">=": [{"sum": [{"map": [fitting, {"var": "amount"}]}]}, 30]}
    ruled = {"some": [{"var": "rulings"}, {"and": [{"==": [{"var": "clause"}, CLAUSE]}, {"var": "is_so"}]}]}
    long_enough = {"or": [at_least(36), {"and": [at_least(24), thirty]}]}
    rule = {"or": [{"and": [degree(2), long_enough]}, {"and": [{"or": [degree(3), ruled]}, at_least(12)]}]}
    judge: Callable[[Any, Any], Any] = json_logic.jsonLogic
    return lambda file: bool(judge(rule, file))


class Computed(BaseVariables):
    """What `business-rules` leaves to Python: everything that is not one value."""

    def __init__(self, file: dict[str, Any]) -> None:
        self.file = file

    @numeric_rule_variable()
    def months(self) -> float:
        return round(months_of([s for s in self.file["experience"] if not FITTING.isdisjoint(s["kinds"])]), 6)

    @numeric_rule_variable()
    def credits(self) -> float:
        return round(sum(each["amount"] for each in self.file["all_credits"] if each["subject"] in SUBJECTS), 6)

    @numeric_rule_variable()
    def rank(self) -> int:
        on = self.file["on"]
        return max(
            (
                each["rank"]
                for each in self.file["degrees"]
                if each["awarded"] <= on and not RECOGNIZED.isdisjoint(each["accreditors"])
            ),
            default=0,
        )

    @boolean_rule_variable()
    def is_ruled(self) -> bool:
        return any(each["clause"] == CLAUSE and each["is_so"] for each in self.file["rulings"])


class Given(BaseVariables):
    """The same values, computed beforehand."""

    def __init__(self, values: dict[str, Any]) -> None:
        self.values = values

    @numeric_rule_variable()
    def months(self) -> float:
        return self.values["months"]

    @numeric_rule_variable()
    def credits(self) -> float:
        return self.values["credits"]

    @numeric_rule_variable()
    def rank(self) -> int:
        return self.values["rank"]

    @boolean_rule_variable()
    def is_ruled(self) -> bool:
        return self.values["is_ruled"]


def by_business_rules(*, months_given: bool) -> Judge:
    """The rule in `business-rules`: its conditions alone, no actions."""

    def at_least(name: str, number: int) -> dict[str, Any]:
        return {"name": name, "operator": "greater_than_or_equal_to", "value": number}

    ruled = {"name": "is_ruled", "operator": "is_true", "value": None}
    long_enough = {"any": [at_least("months", 36), {"all": [at_least("months", 24), at_least("credits", 30)]}]}
    routes = [{"all": [at_least("rank", 2), long_enough]}, at_least("rank", 3), ruled]
    conditions = {"all": [at_least("months", 12), {"any": routes}]}
    variables = Given if months_given else Computed
    return lambda file: bool(check_conditions_recursively(conditions, variables(file)))


def given(file: dict[str, Any]) -> dict[str, Any]:
    """What `business-rules` compares, of a file that is prepared."""
    computed = Computed(file)
    return {name: getattr(computed, name)() for name in ("months", "credits", "rank", "is_ruled")}
