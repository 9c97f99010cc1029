"""What a post asks of whoever is to hold it: an announcement as data."""

from .held_asked import Aged, Appointed, CredentialAsked, Held, Judged, LearningAsked, Scored, Stated
from .needs import ExperienceAsked, Footing, MayFollow, Need, Pattern, StaffDay, Substitute
from .post import Post
from .qualifications import Counting, Qualifications, WordList, YearOfWork
from .schooling_asked import CreditsAsked, DegreeAsked
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
]
