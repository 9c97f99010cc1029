"""Case records in PostgreSQL, on psycopg 3. Needs the extra: ``pip install 'casecore-sql[postgres]'``."""

from .address import PostgresAddress
from .borrowed import BorrowedPostgresStore
from .store import PostgresStore

__all__ = ["BorrowedPostgresStore", "PostgresAddress", "PostgresStore"]
