"""
What hosts and plugin writers test with: strategies, contracts to inherit, machines, and a store in memory.

Nothing here is loaded until it is asked for. All but `MemoryStore` needs the ``testing`` extra (hypothesis, pytest).
"""

from __future__ import annotations

import importlib
from typing import Any

_HOMES = {
    "ConnectorContract": "connector_contract",
    "HospitalTold": "connector_contract",
    "MemoryStore": "memory_store",
    "StoreContract": "store_contract",
    "StoreMachine": "store_machine",
}
"""Which module has which name; ``__init__.pyi`` says the same to type checkers."""

__all__ = ["ConnectorContract", "HospitalTold", "MemoryStore", "StoreContract", "StoreMachine"]  # given by __getattr__


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    try:
        module = importlib.import_module(f"{__name__}.{_HOMES[name]}")
    except ModuleNotFoundError as error:
        missing = (error.name or "").partition(".")[0]
        if missing not in ("hypothesis", "pytest"):
            raise
    else:
        return getattr(module, name)
    raise ImportError(f"casecore.testing.{name} needs {missing}: pip install 'casecore[testing]'", name=missing)


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
