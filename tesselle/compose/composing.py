"""What every page around the composer's form does: set up the desk, take files in, draw it."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse

from tesselle.compose.desk import Desk, set_up
from tesselle.compose.draft import Draft, of_post, read_form
from tesselle.compose.models import Post, Revision
from tesselle.compose.pages import composer_page
from tesselle.compose.saving import OvertakenError
from tesselle.domain.errors import RuleError
from tesselle.library.services import add_upload
from tesselle.web.htmx import show, show_invalid
from tesselle.web.sentences import say
from tesselle.workspaces.models import Member, User


def desk_of(request: HttpRequest, member: Member, post: Post | None) -> Desk:
    """From the form that was sent, else from the post as it was last saved."""
    if request.method == "POST":
        draft = read_form(request.POST)
    else:
        draft = of_post(post, member.workspace) if post is not None else Draft()
    return set_up(member.workspace, post, draft)


def add_files(
    desk: Desk, files: "Sequence[UploadedFile[Any]]", *, by: User
) -> tuple[Desk, tuple[RuleError, ...]]:
    """Each good file becomes a picture of the post; what is wrong with the others is told."""
    media, refusals = list(desk.draft.shared.media), []
    for file in files:
        try:
            asset = add_upload(workspace=desk.workspace, file=file, by=by)
        except RuleError as refusal:
            refusals.append(refusal)
        else:
            media.append(asset.pk)
    shared = replace(desk.draft.shared, media=tuple(dict.fromkeys(media)))
    return desk.with_draft(replace(desk.draft, shared=shared)), tuple(refusals)


def answer(
    request: HttpRequest, desk: Desk, *, refused: RuleError | Sequence[RuleError] = ()
) -> HttpResponse:
    """The form as it stands; with 422 and the sentence if something was refused. Nothing typed is lost."""
    refusals = (refused,) if isinstance(refused, RuleError) else tuple(refused)
    theirs: Revision | None = None
    if any(isinstance(refusal, OvertakenError) for refusal in refusals) and desk.post is not None:
        theirs = desk.post.revisions.select_related("author").order_by("-number").first()
        if theirs is not None:  # saving again, having seen theirs, is a decision
            desk = desk.with_draft(replace(desk.draft, based_on=theirs.number))
    error = " ".join(say(refusal.message) for refusal in refusals)
    page = composer_page(desk, error=error, overtaken=theirs)
    draw = show_invalid if refusals else show
    return draw(request, "compose/composer.html", "compose/_composer.html", {"page": page})
