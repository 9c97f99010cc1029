from .memory_store import MemoryStore as MemoryStore
from .store_contract import StoreContract as StoreContract
from .store_machine import StoreMachine as StoreMachine

__all__ = ["MemoryStore", "StoreContract", "StoreMachine"]
