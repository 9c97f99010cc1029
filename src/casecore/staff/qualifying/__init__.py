"""Who may hold a post: what it asks, weighed against a staff file, and what would still be needed."""

from .examiner import Examiner
from .may_hold import may_hold
from .qualification import Condition, Qualification, Step, Way
from .qualify_all import qualify_all

__all__ = ["Condition", "Examiner", "Qualification", "Step", "Way", "may_hold", "qualify_all"]
