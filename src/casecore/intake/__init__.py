"""From referral to admission: who is eligible, who is admitted."""

from .admission import Admission, EligibilityDecided, ReferralReceived, ReferralSource
from .criteria import Criterion, EligibilityCriteria
from .eligibility import may_be_served
from .facts import Fact, Facts, Happening, History
from .questions import (
    AgeIs,
    CodeIs,
    CountedDays,
    CountedTimes,
    DaysSpent,
    FactIs,
    NumberIs,
    ServedThroughout,
    Stretches,
    TimesHappened,
)
from .statements import FactStated, HistoryStated, facts_of

__all__ = [
    "Admission",
    "AgeIs",
    "CodeIs",
    "CountedDays",
    "CountedTimes",
    "Criterion",
    "DaysSpent",
    "EligibilityCriteria",
    "EligibilityDecided",
    "Fact",
    "FactIs",
    "FactStated",
    "Facts",
    "Happening",
    "History",
    "HistoryStated",
    "NumberIs",
    "ReferralReceived",
    "ReferralSource",
    "ServedThroughout",
    "Stretches",
    "TimesHappened",
    "facts_of",
    "may_be_served",
]
