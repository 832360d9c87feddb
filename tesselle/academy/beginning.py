"""A path begins: with the hours and the questions of the catalogue, in the person's language."""

from django.db import transaction

from tesselle.academy import catalogue
from tesselle.academy.models import Path, Phase, Question
from tesselle.academy.telling import tell
from tesselle.workspaces.models import Member


@transaction.atomic
def begin_path(*, member: Member) -> Path:
    """Theirs, made now unless it is there already."""
    path, is_new = Path.objects.get_or_create(
        workspace=member.workspace, person=member.user, defaults={"company": member.workspace.name}
    )
    if is_new:
        Phase.objects.bulk_create(
            Phase(path=path, name=str(known.name), planned_minutes=known.minutes)
            for known in catalogue.phases()
        )
        Question.objects.bulk_create(
            Question(path=path, given=str(known.text), worded=str(known.text), theme=known.theme)
            for known in catalogue.questions()
        )
        tell("path.begun", path)
    return path
