"""Assessments: which are owed, what an instrument's answers come to, and whether a change is real."""

from .assessment import Assessment, ItemAnswer
from .built_in import BUILT_IN, built_in, read_instrument
from .course import Course, CoursePoint, course_of
from .evaluation import (
    Evaluation,
    EvaluationCancelled,
    EvaluationDone,
    EvaluationOrdered,
    EvaluationScheduled,
    EvaluationStage,
    ReportReceived,
    ReportReviewed,
    evaluations_of,
)
from .evaluation_steps import EvaluationSteps, evaluation_dues, review_evaluations
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
from .required_dues import assessment_dues, judge_required_assessments, review_required_assessments
from .scoring import Score, score, score_assessment, score_total

__all__ = [
    "BUILT_IN",
    "JACOBSON_TRUAX",
    "Assessment",
    "Band",
    "Change",
    "Course",
    "CoursePoint",
    "Evaluation",
    "EvaluationCancelled",
    "EvaluationDone",
    "EvaluationOrdered",
    "EvaluationScheduled",
    "EvaluationStage",
    "EvaluationSteps",
    "Filling",
    "Instrument",
    "Item",
    "ItemAnswer",
    "MissingItems",
    "Precision",
    "Reached",
    "ReliableChange",
    "ReliableChangeThreshold",
    "ReportReceived",
    "ReportReviewed",
    "RequiredAssessment",
    "Rounding",
    "Score",
    "ScoreRange",
    "Scoring",
    "Worse",
    "assessment_dues",
    "built_in",
    "course_of",
    "evaluation_dues",
    "evaluations_of",
    "gaps_of",
    "judge_required_assessments",
    "read_instrument",
    "reliable_change",
    "review_evaluations",
    "review_required_assessments",
    "score",
    "score_assessment",
    "score_total",
]
