"""Whose hand it was: told to the database, so that the journal's trigger writes the name."""

from django.db import connection

from tesselle.workspaces.models import User

DUE_CHANNEL = "tesselle_due"


def signed_by(person: User | None) -> None:
    """For the rest of this transaction, changes of state are this person's."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('tesselle.actor_id', %s, true), set_config('tesselle.actor_name', %s, true)",
            [str(person.pk) if person else "", str(person) if person else ""],
        )


def wake_workers() -> None:
    """Nudge the dispatchers when this transaction commits."""
    with connection.cursor() as cursor:
        cursor.execute(f"NOTIFY {DUE_CHANNEL}")
