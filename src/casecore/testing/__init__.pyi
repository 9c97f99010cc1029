from .connector_contract import ConnectorContract as ConnectorContract
from .connector_contract import HospitalTold as HospitalTold
from .memory_store import MemoryStore as MemoryStore
from .store_contract import StoreContract as StoreContract
from .store_machine import StoreMachine as StoreMachine

__all__ = ["ConnectorContract", "HospitalTold", "MemoryStore", "StoreContract", "StoreMachine"]
