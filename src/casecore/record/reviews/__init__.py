"""Every review a checklist asks, stage by stage: each hands a record's facts to the judgements of one room."""

from __future__ import annotations

from ..checklist import Review
from .assessments import evaluation_steps, required_assessments
from .contacts import contact_frequency, notes_on_time
from .discharges import after_discharge, discharge_plan
from .goals import goal_outcomes, stalled_goals
from .plans import plan_quality, plan_times
from .stays import stay_duties

REVIEWS: tuple[Review, ...] = (
    required_assessments,
    evaluation_steps,
    stalled_goals,
    plan_times,
    plan_quality,
    contact_frequency,
    notes_on_time,
    stay_duties,
    discharge_plan,
    goal_outcomes,
    after_discharge,
)
"""All the reviews that this library brings, in the order of the stages."""

__all__ = ["REVIEWS"]
