"""Goals in the client's words, progress toward them, and attainment."""

from .goal import Achievement, GoalSet, GoalStatus, GoalStatusChanged, Objective, ProgressNoted

__all__ = ["Achievement", "GoalSet", "GoalStatus", "GoalStatusChanged", "Objective", "ProgressNoted"]
