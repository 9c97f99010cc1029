"""Files of rules as `casecore check` looks at them: rulebooks, and posts beside one another."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from casecore.record import RULES
from casecore.staff.posts import Post, is_post_text, lint_post, read_post
from casecore.standards import Flaw, lint_rulebook
from casecore.terms import NotReadable


def check_files(files: Sequence[Path]) -> dict[Path, tuple[Flaw, ...]]:
    """The flaws of each file. One with a ``[post]`` table is a post, beside the other posts; the rest are rulebooks."""
    posts = {file: _post_in(file) for file in files if is_post_text(file)}
    found: dict[Path, tuple[Flaw, ...]] = {}
    for file in files:
        if file in posts:
            others = [post for other, post in posts.items() if other != file and post is not None]
            found[file] = lint_post(file, others)
        else:
            found[file] = lint_rulebook(file, RULES)
    return found


def _post_in(file: Path) -> Post | None:
    """The post; nothing where it cannot be read, which its own flaws tell."""
    try:
        return read_post(file)
    except NotReadable:
        return None
