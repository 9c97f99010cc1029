"""Case records in PostgreSQL, on psycopg 3. Needs the extra: ``pip install 'casecore-sql[postgres]'``."""

from .address import PostgresAddress
from .store import PostgresStore

__all__ = ["PostgresAddress", "PostgresStore"]
