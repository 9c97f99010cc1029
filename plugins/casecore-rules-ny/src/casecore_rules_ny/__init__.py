"""New York as data: case management, 14 NYCRR 506, and civil-service posts. Installed, the plugin ``rules-ny``."""

from .plugin import (
    POSTS,
    RULEBOOKS,
    casecore_api,
    casecore_provide_posts,
    casecore_provide_rulebooks,
    post_text,
    rulebook_text,
)

__all__ = [
    "POSTS",
    "RULEBOOKS",
    "casecore_api",
    "casecore_provide_posts",
    "casecore_provide_rulebooks",
    "post_text",
    "rulebook_text",
]
