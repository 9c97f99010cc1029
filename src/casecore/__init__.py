"""casecore: the case record, judged and explained. Import the rooms you need, for instance ``casecore.contacts``."""

__version__ = "0.1.0"
