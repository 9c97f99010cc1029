"""Who is served."""

from .client import ClientDescribed

__all__ = ["ClientDescribed"]
