"""A host on Django: the miles of a visit and its entry are there together, or neither. Set up Django before."""

from __future__ import annotations

import json
from datetime import date

from casecore_sql import TABLES, borrow
from django.db import connection, models, transaction
from django.http import HttpRequest, JsonResponse

from casecore.agency import Agency
from casecore.contacts import Contact, Mode, Outcome
from casecore.terms import NotPossible, RecordMoved


class Mileage(models.Model):
    entry_id = models.CharField(max_length=200, primary_key=True)
    miles = models.IntegerField()

    class Meta:
        app_label = "django_host"


def prepare() -> None:
    """What the host's migration does: ``migrations.RunSQL`` of each statement beside its own models."""
    with connection.schema_editor() as editor:
        editor.create_model(Mileage)
        for statement in TABLES if connection.vendor == "sqlite" else ():
            editor.execute(statement, params=None)


def record_visits(request: HttpRequest, desk: Agency, case: str) -> JsonResponse:
    """A view. *desk* was opened when the process began; each request takes it over Django's connection."""
    left = {}
    with transaction.atomic():  # what is below, or nothing
        records = desk.over(borrow(connection))
        for visit in json.loads(request.body):
            day, minutes = date.fromisoformat(visit["on"]), visit["minutes"]
            contact = Contact(held_on=day, mode=Mode.FACE_TO_FACE, outcome=Outcome.HELD, minutes=minutes)
            try:
                with transaction.atomic():  # a savepoint: this visit's miles and entry, or neither
                    Mileage.objects.create(entry_id=visit["id"], miles=visit["miles"])
                    records.write(case, contact, by=request.headers["X-Worker"], entry_id=visit["id"])
            except (NotPossible, RecordMoved) as why:
                left[visit["id"]] = str(why)
    return JsonResponse({"left": left}, status=409 if left else 201)
