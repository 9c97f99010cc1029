"""What a post asks of whoever is to hold it: an announcement as data."""

from .held_asked import Aged, Appointed, CredentialAsked, Held, Judged, LearningAsked, Scored, Stated
from .linking import link_posts
from .lint import lint_post
from .needs import ExperienceAsked, Footing, MayFollow, Need, Pattern, StaffDay, Substitute
from .post import Post
from .qualifications import Counting, Qualifications, YearOfWork, with_lists_spelled_out
from .reading import is_post_text, read_post
from .schooling_asked import CreditsAsked, DegreeAsked
from .taking_away import what_can_take_away
from .word_lists import WordList
from .work import Amount, Holding, OtherWork, Work

__all__ = [
    "Aged",
    "Amount",
    "Appointed",
    "Counting",
    "CredentialAsked",
    "CreditsAsked",
    "DegreeAsked",
    "ExperienceAsked",
    "Footing",
    "Held",
    "Holding",
    "Judged",
    "LearningAsked",
    "MayFollow",
    "Need",
    "OtherWork",
    "Pattern",
    "Post",
    "Qualifications",
    "Scored",
    "StaffDay",
    "Stated",
    "Substitute",
    "WordList",
    "Work",
    "YearOfWork",
    "is_post_text",
    "link_posts",
    "lint_post",
    "read_post",
    "what_can_take_away",
    "with_lists_spelled_out",
]
