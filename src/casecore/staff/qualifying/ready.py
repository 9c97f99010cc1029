"""A post's needs made ready to be asked: words spelled out, numbers exact, other posts looked up, questions worded."""

from __future__ import annotations

from collections.abc import Mapping

from casecore.standards import Edition
from casecore.terms import Source, Value

from ..posts import Amount, ExperienceAsked, Need, Qualifications, StaffDay, with_lists_spelled_out
from .amounts import Scale
from .experience_weighed import Lot
from .nodes import Node
from .of_credential import OfCredential, OfLearning
from .of_experience import Adding, OfExperience, OfPatterns, Substituting
from .of_judgement import OfJudgement
from .of_post import AsksOther, OfPost
from .of_schooling import OfCredits, OfDegree
from .of_statement import OfAge, OfAppointment, OfScore, OfStatement
from .questions import Question
from .seen import Reckoning


class MadeReady:
    """
    Makes one edition of a post ready.

    Args:
        post: The post's name, under which rulings on it are filed.
        step: The step asked about; without one, every need is asked.
        others: The posts referred to, by name, each ready to be asked about a file.
    """

    def __init__(
        self, post: str, edition: Edition[Qualifications], step: str | None, others: Mapping[str, AsksOther]
    ) -> None:
        self._post = post
        self._step = step
        self._others = others
        self._authority = edition.source
        self._questions: dict[Value, Question] = {}
        self._lots: dict[ExperienceAsked, Lot] = {}
        self.asked = with_lists_spelled_out(edition.rule)
        self.reckoning = Reckoning(self.asked.counting, counts_unverified=self.asked.counts_unverified)
        self.node = self._node(self.asked.needs, self.asked.measured_at)

    def _node(self, need: Need, around: StaffDay = StaffDay.ASKED) -> Node | None:
        """The need ready, in a group measured *around* a day; nothing where nothing in it is asked at this step."""
        if self._step is not None and need.asked_at and self._step not in need.asked_at:
            return None
        source = None if need.cite is None else _paragraph(need.cite, self._authority)
        measured_at = need.measured_at or around
        if not need.parts:
            leaf = self._shared(need)
            return Node(need, need.question or leaf.text, leaf=leaf, source=source, measured_at=measured_at)
        parts = tuple(part for each in need.parts if (part := self._node(each, measured_at)) is not None)
        if not parts:
            return None
        wanted = len(parts) if need.all_of else min(need.at_least or 1, len(parts))
        return Node(
            need, need.question or _heading(need), parts=parts, wanted=wanted, source=source, measured_at=measured_at
        )

    def _shared(self, need: Need) -> Question:
        """One question for all needs that ask the same: what several routes ask is weighed once."""
        asked = need.leaf
        if asked is None:
            return self._question(need)
        if asked not in self._questions:
            self._questions[asked] = self._question(need)
        return self._questions[asked]

    def _question(self, need: Need) -> Question:
        if need.degree is not None:
            return OfDegree(need.degree)
        if need.credits is not None:
            return OfCredits(need.credits)
        if need.experience is not None:
            return self._experience(need.experience)
        if need.credential is not None:
            return OfCredential(need.credential)
        if need.learning is not None:
            return OfLearning(need.learning)
        if need.stated is not None:
            return OfStatement(need.stated)
        if need.scored is not None:
            return OfScore(need.scored)
        if need.aged is not None:
            return OfAge(need.aged)
        if need.appointed is not None:
            return OfAppointment(need.appointed)
        if need.judged is not None:
            return OfJudgement(need.judged, self._post)
        if need.post is not None:
            return OfPost(self._others[need.post])
        return self._patterns(need)

    def _experience(self, asked: ExperienceAsked) -> OfExperience:
        scale = Scale(asked.at_least.unit, self.reckoning)
        substitutes = []
        for each in asked.substitutes:
            node = None if each.needs is None else self._node(each.needs)
            if node is not None or each.each is not None:
                at_most = None if each.at_most is None else scale.points(each.at_most)
                substitutes.append(Substituting(scale.points(each.counts_as), node, each.each, at_most))
        of_work = asked._with(at_least=_ANY[asked.at_least.unit], floor=None, substitutes=(), substituted_at_most=None)
        lot = self._lots.setdefault(of_work, Lot(of_work, scale))
        return OfExperience(asked, substitutes, lot)

    def _patterns(self, need: Need) -> OfPatterns:
        adding = []
        for pattern in need.adds_up or ():
            scale = Scale(pattern.experience.at_least.unit, self.reckoning)
            node = None if pattern.needs is None else self._node(pattern.needs)
            adding.append(Adding(pattern, node, scale, scale.points(pattern.experience.at_least)))
        return OfPatterns(adding)


_ANY = {"months": Amount(months=0), "days": Amount(days=0), "hours": Amount(hours=0)}
"""Stands for however much is asked, by its unit."""


def _heading(need: Need) -> str:
    if need.all_of is not None:
        asked = "do all of these hold?"
    elif need.any_of is not None:
        asked = "does one of these hold?"
    elif need.none_of is not None:
        asked = "does none of these hold?"
    else:
        asked = f"do at least {need.at_least} of these hold?"
    return asked.capitalize() if need.name is None else f"{need.name}: {asked}"


def _paragraph(cite: str, of: Source) -> Source:
    return Source(cite=cite, url=of.url, read_on=of.read_on, invented=of.invented)
