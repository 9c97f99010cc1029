"""Crises: hospital and emergency-room stays, and the duties that follow them."""

from .stay import Setting, StayBegan, StayEnded

__all__ = ["Setting", "StayBegan", "StayEnded"]
