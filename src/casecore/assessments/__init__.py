"""Assessments: which are owed, what an instrument's answers come to, and whether a change is real."""

from .assessment import Assessment, ItemAnswer
from .built_in import BUILT_IN, built_in, read_instrument
from .course import Course, CoursePoint, course_of
from .gaps import gaps_of
from .instrument import Filling, Instrument, Item, MissingItems, Precision, Rounding, Scoring, Worse
from .ranges import Band, ScoreRange
from .reliable_change import (
    JACOBSON_TRUAX,
    Change,
    Reached,
    ReliableChange,
    ReliableChangeThreshold,
    reliable_change,
)
from .required import RequiredAssessment
from .required_dues import assessment_dues, review_required_assessments
from .scoring import Score, score, score_assessment, score_total

__all__ = [
    "BUILT_IN",
    "JACOBSON_TRUAX",
    "Assessment",
    "Band",
    "Change",
    "Course",
    "CoursePoint",
    "Filling",
    "Instrument",
    "Item",
    "ItemAnswer",
    "MissingItems",
    "Precision",
    "Reached",
    "ReliableChange",
    "ReliableChangeThreshold",
    "RequiredAssessment",
    "Rounding",
    "Score",
    "ScoreRange",
    "Scoring",
    "Worse",
    "assessment_dues",
    "built_in",
    "course_of",
    "gaps_of",
    "read_instrument",
    "reliable_change",
    "review_required_assessments",
    "score",
    "score_assessment",
    "score_total",
]
