"""A host on Flask and SQLAlchemy: the miles of a visit and its entry are there together, or neither."""

from __future__ import annotations

from datetime import date

from casecore_sql import borrow
from flask import Flask, request
from sqlalchemy import Engine, String, create_engine, event
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from casecore.agency import Agency
from casecore.contacts import Contact, Mode, Outcome
from casecore.terms import NotPossible, RecordMoved


class Tables(DeclarativeBase):
    """The host's own tables."""


class Mileage(Tables):
    __tablename__ = "mileage"
    entry_id: Mapped[str] = mapped_column(String(200), primary_key=True)
    miles: Mapped[int]


def engine_for(url: str) -> Engine:
    """SQLAlchemy's engine. SQLite's driver begins a transaction too late for savepoints, so SQLAlchemy begins it."""
    engine = create_engine(url)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", lambda connection, _: setattr(connection, "isolation_level", None))
        event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    return engine


def create_app(engine: Engine, desk: Agency) -> Flask:
    """The application. *desk* was opened when the process began; each request takes it over its own session."""
    app = Flask(__name__)

    @app.post("/cases/<case>/visits")
    def visits(case: str) -> tuple[dict[str, dict[str, str]], int]:
        left = {}
        with Session(engine) as session, session.begin():  # what is below, or nothing
            records = desk.over(borrow(session))
            for visit in request.get_json():
                day, minutes = date.fromisoformat(visit["on"]), visit["minutes"]
                contact = Contact(held_on=day, mode=Mode.FACE_TO_FACE, outcome=Outcome.HELD, minutes=minutes)
                try:
                    with session.begin_nested():  # this visit's miles and entry, or neither
                        session.add(Mileage(entry_id=visit["id"], miles=visit["miles"]))
                        session.flush()
                        records.write(case, contact, by=request.headers["X-Worker"], entry_id=visit["id"])
                except (NotPossible, RecordMoved) as why:
                    left[visit["id"]] = str(why)
        return {"left": left}, 409 if left else 201

    return app
