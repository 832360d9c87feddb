"""A form that is sent twice, by a double click or by a browser that tries again, makes one post."""

import json
from uuid import UUID, uuid5

from django.db import connection

from tesselle.compose.desk import Desk
from tesselle.compose.kept import draft_to_json
from tesselle.compose.models import Post
from tesselle.workspaces.models import User


def sent_as(desk: Desk) -> UUID | None:
    """The form with what it says; None for a post that is there already, whose revisions are numbered.

    With other words it is another post: whoever goes back in the browser and writes on does not change what
    is planned.
    """
    if desk.post is not None or desk.form is None:
        return None
    return uuid5(desk.form, json.dumps(draft_to_json(desk.draft), sort_keys=True))


def sent_before(desk: Desk, *, by: User) -> Post | None:
    """The post that this form became when it was sent first; within a transaction, until whose end whoever
    else sends the same waits."""
    key = sent_as(desk)
    if key is None:
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [str(key)])
    return Post.objects.filter(workspace=desk.workspace, created_by=by, sent_as=key).first()
