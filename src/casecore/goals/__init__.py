"""Goals in the client's words, progress toward them, and attainment."""

from .attainment import PUBLISHED_RHO, AttainmentScore, Rating, Unrated, attainment_score, score_goals
from .goal import Achievement, GoalSet, GoalStatus, GoalStatusChanged, Objective, ProgressNoted
from .outcomes import GoalOutcomes, review_goal_outcomes
from .progress import Knowledge, Progress, progress_of
from .stalled import StalledGoals, next_stall_on, review_stalled_goals
from .standing import Goal, goals_of
from .steps import STEPS, may_change_status, may_note_progress, may_set_goal

__all__ = [
    "PUBLISHED_RHO",
    "STEPS",
    "Achievement",
    "AttainmentScore",
    "Goal",
    "GoalOutcomes",
    "GoalSet",
    "GoalStatus",
    "GoalStatusChanged",
    "Knowledge",
    "Objective",
    "Progress",
    "ProgressNoted",
    "Rating",
    "StalledGoals",
    "Unrated",
    "attainment_score",
    "goals_of",
    "may_change_status",
    "may_note_progress",
    "may_set_goal",
    "next_stall_on",
    "progress_of",
    "review_goal_outcomes",
    "review_stalled_goals",
    "score_goals",
]
