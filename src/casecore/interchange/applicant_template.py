"""An empty spreadsheet for the applicants of one post: columns for what it asks, and no others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from casecore.staff import Claim, StaffFile
from casecore.staff.posts import (
    Aged,
    Appointed,
    CredentialAsked,
    CreditsAsked,
    DegreeAsked,
    Held,
    Judged,
    LearningAsked,
    Need,
    Post,
    Qualifications,
    Scored,
    StaffDay,
    Stated,
    Work,
    link_posts,
    with_lists_spelled_out,
)
from casecore.staff.posts.word_lists import values_within
from casecore.terms import Value, field_names

from .applicant_columns import ONE_OF, STATED, fields_of

PARTS = {"degrees": 2, "credits": 2, "experience": 4, "credentials": 2, "learning": 2, "rulings": 1, "served": 1}
"""How many parts of each list the template has columns for; who needs more adds columns with higher numbers."""
_DAYS = {
    StaffDay.APPLICATION: "applied_on",
    StaffDay.EXAMINATION: "examined_on",
    StaffDay.APPOINTMENT: "appointed_on",
}
_ALWAYS = {
    "degrees": ("level", "awarded_on"),
    "credits": ("subject", "amount", "unit"),
    "experience": ("began_on", "ended_on", "share"),
    "credentials": ("name", "issued_on", "expires_on"),
    "learning": ("completed_on", "hours"),
    "rulings": ("post", "clause", "is_so", "decided_on", "by"),
    "served": ("group", "share"),
}
_ASKED = {
    "fields": "field",
    "titles": "title",
    "not_titles": "title",
    "institutions": "institution",
    "accreditors": "accreditors",
    "including": "including",
    "credits": "credits",
    "is_graduate": "is_graduate",
    "papers": "papers",
    "kinds": "kinds",
    "employers": "employer",
    "statuses": "status",
    "not_statuses": "status",
    "settings": "settings",
    "is_paid": "is_paid",
    "group": "served",
    "sort": "sort",
    "issuers": "issuer",
    "subjects": "subject",
    "providers": "provider",
}
"""The field of a staff file that a field of what a post asks is about."""
_LISTS: tuple[tuple[type[Value], str], ...] = (
    (DegreeAsked, "degrees"),
    (CreditsAsked, "credits"),
    (Work, "experience"),
    (CredentialAsked, "credentials"),
    (LearningAsked, "learning"),
)


def applicant_columns(post: Post, posts: Iterable[Post] = ()) -> tuple[str, ...]:
    """
    The columns in which an office fills in what a post asks, in all its editions and in the posts it refers to.

    Args:
        posts: Other posts that *post* refers to.

    Raises:
        NotReadable: It refers to a post that is not among *posts*, or in a circle.
    """
    linked = link_posts((post, *(each for each in posts if each.name != post.name)))
    wanted = _Wanted()
    asked, waiting = {post.name}, [post]
    while waiting:
        for name in wanted.post(waiting.pop()):
            if name not in asked:
                asked.add(name)
                waiting.append(linked[name])
    return tuple(dict.fromkeys(wanted.columns()))


class _Wanted:
    """What a staff file must tell: facts of its own, fields of its lists, statements."""

    def __init__(self) -> None:
        self.facts = {"worker"}
        self.lists: dict[str, set[str]] = {}
        self.stated: dict[str, None] = {}
        self.clauses: set[tuple[str, str]] = set()

    def post(self, post: Post) -> Iterator[str]:
        """Take in what *post* asks; gives the posts it refers to."""
        self._day(post.governed_by)
        for edition in post.asks.editions:
            if edition.value is not None:
                yield from self._edition(post.name, with_lists_spelled_out(edition.value))

    def _edition(self, post: str, asked: Qualifications) -> Iterator[str]:
        self._day(asked.measured_at)
        for path, value in values_within(asked.needs):
            if isinstance(value, Need):
                self._day(value.measured_at)
                self._day(value.may_follow.after if value.may_follow else None)
                if value.post is not None:
                    yield value.post
            elif isinstance(value, Stated | Scored):
                self.stated[value.name] = None
            elif isinstance(value, Aged):
                self.facts.add("born_on")
            elif isinstance(value, Appointed):
                self.facts.add("appointed_on")
            elif isinstance(value, Judged):
                self.clauses.add((post, value.clause))
                self._list("rulings", ())
            else:
                self._of_list(value, asked, within_a_degree=path.endswith("degree.credits"))

    def _of_list(self, value: Value, asked: Qualifications, *, within_a_degree: bool) -> None:
        name = next((name for cls, name in _LISTS if isinstance(value, cls)), None)
        if name is None:
            return
        fields = {_ASKED[field] for field in field_names(type(value)) if field in _ASKED and getattr(value, field)}
        fields |= {_ASKED[field] for field in ("is_paid", "is_graduate") if getattr(value, field, None) is False}
        if not asked.counts_unverified:
            fields.add("is_verified")
        if name == "experience":
            self.facts.add("stated_on")
            if asked.counting.full_time_hours is not None:
                fields.add("hours_per_week")
        if name == "credits":
            self._list("degrees", ("credits",))
            self._list("degrees.credits", fields)
            if within_a_degree:
                return
        if isinstance(value, CredentialAsked) and value.held is not Held.ON_THE_DAY:
            self.facts.add("appointed_on")
        if "served" in fields:
            self._list("experience.served", ())
        self._list(name, fields)

    def _day(self, named: StaffDay | None) -> None:
        if named in _DAYS:
            self.facts.add(_DAYS[named])

    def _list(self, name: str, fields: Iterable[str]) -> None:
        self.lists.setdefault(name, set(_ALWAYS[name.rpartition(".")[2]])).update(fields)

    def columns(self) -> Iterator[str]:
        """The columns, in the order in which a staff file states its facts."""
        for name in field_names(StaffFile):
            if name in self.facts:
                yield name
            elif name in self.lists:
                if name != "rulings":
                    yield name
                yield from self._parts(name, name, "")
        yield from (f"{STATED}{name}" for name in self.stated)

    def _parts(self, path: str, field: str, prefix: str) -> Iterator[str]:
        count = max(PARTS[field], len(self.clauses)) if field == "rulings" else PARTS[field]
        for number in range(1, count + 1):
            before = f"{prefix}{ONE_OF[field]}_{number}_"
            for name in _in_order(path):
                if name in self.lists[path]:
                    inside = f"{path}.{name}"
                    yield f"{before}{name}"
                    if inside in self.lists:
                        yield from self._parts(inside, name, before)


def _in_order(path: str) -> tuple[str, ...]:
    """The fields of what a list holds, in the order in which it states them; claims come last."""
    cls: type[Value] = StaffFile
    for name in path.split("."):
        cls = fields_of(cls).lists[name]
    names = field_names(cls)
    claims = field_names(Claim) if issubclass(cls, Claim) else ()
    return (*(name for name in names if name not in claims), *claims)
