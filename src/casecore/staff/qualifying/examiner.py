"""
An examiner: one post, made ready once, then asked about any staff file on any day.

Whoever asks about one file may call `may_hold`; whoever asks about many makes an `Examiner` first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import NamedTuple

from casecore.standards import Edition
from casecore.terms import Answer, NotKnown, StandardNotInForce

from ..posts import Need, Post, Qualifications, StaffDay, link_posts, with_lists_spelled_out
from ..staff_file import StaffFile
from .cases import Outcome, Settled, by_cases
from .gains import Option
from .nodes import DAY_FIELDS, Node, day_at
from .qualification import Condition, Qualification, Way
from .ready import MadeReady
from .seen import Reckoning, Seen
from .ways import cheapest_ways, options
from .words_asked import words_asked


class Ready(NamedTuple):
    """One edition, ready to be asked; no *node* where nothing is asked at this step."""

    edition: Edition[Qualifications]
    node: Node | None
    reckoning: Reckoning
    measured_at: StaffDay
    words: Mapping[str, tuple[str, ...]]


class Examiner:
    """
    Judges who may hold one post. Once made it never changes, and may be shared by threads.

    Args:
        post: The post.
        posts: Other posts that it refers to, directly or through others.

    Raises:
        NotReadable: It refers to a post that is not among *posts*, or to itself through others.
    """

    def __init__(self, post: Post, posts: Iterable[Post] = ()) -> None:
        self.post = post
        self._posts = link_posts((post, *(each for each in posts if each.name != post.name)))
        self._ready: dict[tuple[date, str | None], Ready] = {}
        self._others: dict[str, Examiner] = {}

    def may_hold(self, file: StaffFile, *, on: date, step: str | None = None, most_ways: int = 5) -> Qualification:
        """As `casecore.staff.may_hold`, for the examiner's post; with at most so many ways."""
        question = f"May {file.worker} hold the post {self.post.title}?"
        ready = self._ready_on(file, on, step)
        if ready is None or ready.node is None:
            return self._without_asking(ready, question, on)
        node, seen = ready.node, Seen(file, on, ready.reckoning)
        day = day_at(seen, ready.measured_at)
        verdict = node.verdict(seen, day)
        answer, because, missing = verdict.answer, verdict.because, verdict.missing
        routes = tuple(dict.fromkeys(node.routes(seen, day)))
        if answer is Answer.NOT_KNOWN and (settled := self._by_cases(file, missing, ready, on)) is not None:
            answer, missing, routes = settled.answer, (), settled.routes
            because = f"the answer is the same whatever {' and '.join(settled.tried)} may be"
        conditions: tuple[Condition, ...] = ()
        ways: tuple[Way, ...] = ()
        if answer is Answer.YES:
            conditions = tuple(
                [Condition(what=each.what, by=each.by, footing=each.footing) for each in node.conditions(seen, day)]
            )
        elif answer is not Answer.NOT_KNOWN and most_ways:
            ways = cheapest_ways(node, seen, day, self._asked_later(step), most_ways)
        return Qualification.unchecked(
            answer=answer,
            question=question,
            because=because,
            parts=verdict.parts or (verdict,),
            missing=missing,
            would_satisfy=() if answer is Answer.YES else verdict.would_satisfy,
            source=ready.edition.source,
            post=self.post.name,
            on=on,
            routes=routes,
            conditions=conditions,
            ways=ways,
        )

    def answer(self, file: StaffFile, *, on: date, step: str | None = None) -> Answer:
        """The answer alone: what `may_hold` answers, without reasons and much quicker."""
        ready = self._ready_on(file, on, step)
        if ready is None:
            return Answer.NOT_KNOWN
        if ready.node is None:
            return Answer.YES
        seen = Seen(file, on, ready.reckoning)
        day = day_at(seen, ready.measured_at)
        answer = ready.node.answer(seen, day)
        if answer is Answer.NOT_KNOWN:
            missing = tuple(ready.node.missing(seen, day))
            settled = self._by_cases(file, missing, ready, on)
            return answer if settled is None else settled.answer
        return answer

    def options(self, file: StaffFile, *, on: date) -> list[Option]:
        """What would have to be gained, not yet tried out: for a post that asks for what this one does."""
        ready = self._ready_on(file, on, None)
        if ready is None or ready.node is None:
            return []
        seen = Seen(file, on, ready.reckoning)
        return options(ready.node, seen, day_at(seen, ready.measured_at))

    def _asked_later(self, step: str | None) -> Callable[[StaffFile, date], Answer]:
        """What ways are tried out against: a day on which the post asks nothing, or not at this step, is no way."""

        def asked(file: StaffFile, on: date) -> Answer:
            try:
                return self.answer(file, on=on, step=step)
            except (StandardNotInForce, NotKnown):
                return Answer.NO

        return asked

    def _by_cases(self, file: StaffFile, missing: tuple[str, ...], ready: Ready, on: date) -> Settled | None:
        def judge(case: StaffFile) -> Outcome:
            assert ready.node is not None
            seen = Seen(case, on, ready.reckoning)
            day = day_at(seen, ready.measured_at)
            answer = ready.node.answer(seen, day)
            if answer is Answer.NOT_KNOWN:
                return Outcome(answer, missing=tuple(ready.node.missing(seen, day)))
            return Outcome(answer, routes=tuple(ready.node.routes(seen, day)))

        return by_cases(file, missing, judge, ready.words)

    def _ready_on(self, file: StaffFile, on: date, step: str | None) -> Ready | None:
        """The edition that governs this file, ready; nothing where the day that picks it is not known."""
        governing = _governing_day(self.post, file, on)
        if governing is None:
            return None
        edition = self.post.edition_on(governing)
        ready = self._ready.get((edition.since, step))
        if ready is None:
            rule = edition.rule
            if step is not None and step not in rule.steps:
                known = ", ".join(rule.steps) or "none"
                raise NotKnown(f"the post {self.post.name} has no such step in this edition; it has {known}")
            made = MadeReady(self.post.name, edition, step, self._examiners(rule))
            ready = Ready(edition, made.node, made.reckoning, rule.measured_at, self._words([rule]))
            self._ready[edition.since, step] = ready
        return ready

    def _words(self, rules: Iterable[Qualifications]) -> Mapping[str, tuple[str, ...]]:
        """The words that *rules* ask for, and those that the posts they refer to have ever asked for."""
        needs: list[Need] = []
        waiting, done = list(rules), {self.post.name}
        while waiting:
            needs.append(with_lists_spelled_out(waiting.pop()).needs)
            for name in {need.post for need in needs[-1].everything() if need.post is not None} - done:
                done.add(name)
                editions = self._posts[name].asks.editions
                waiting.extend(edition.rule for edition in editions if edition.value is not None)
        return words_asked(needs)

    def _examiners(self, rule: Qualifications) -> Mapping[str, Examiner]:
        names = [need.post for need in rule.needs.everything() if need.post is not None]
        for name in names:
            if name not in self._others:
                self._others[name] = Examiner(self._posts[name], self._posts.values())
        return self._others

    def _without_asking(self, ready: Ready | None, question: str, on: date) -> Qualification:
        if ready is not None:
            return Qualification(
                answer=Answer.YES,
                question=question,
                because="nothing is asked at this step",
                source=ready.edition.source,
                post=self.post.name,
                on=on,
            )
        return Qualification(
            answer=Answer.NOT_KNOWN,
            question=question,
            because="the day that picks the edition is not known",
            missing=(DAY_FIELDS[self.post.governed_by],),
            post=self.post.name,
            on=on,
        )


def _governing_day(post: Post, file: StaffFile, on: date) -> date | None:
    if post.governed_by is StaffDay.ASKED:
        return on
    if post.governed_by is StaffDay.APPOINTMENT:
        return file.appointed_on or on
    return file.applied_on if post.governed_by is StaffDay.APPLICATION else file.examined_on
