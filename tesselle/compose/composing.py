"""What every page around the composer's form does: set up the desk, take files in, draw it."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse

from tesselle.compose import copies
from tesselle.compose.comparing import differences
from tesselle.compose.desk import Desk, set_up
from tesselle.compose.draft import Draft, begun_at, of_post, read_form
from tesselle.compose.models import Post, WorkingCopy
from tesselle.compose.pages import Overtaken, Shown, composer_page, overtaken_by
from tesselle.compose.saving import OvertakenError
from tesselle.compose.selectors import usual_channels
from tesselle.compose.undoing import History, read_history
from tesselle.domain.errors import RuleError
from tesselle.library.services import add_upload
from tesselle.web.htmx import show, show_invalid
from tesselle.web.sentences import say
from tesselle.workspaces.models import Member, User

VIEWS = ("write", "preview")
LOOKS = ("auto", "light", "dark")


def desk_of(request: HttpRequest, member: Member, post: Post | None) -> Desk:
    """From the form that was sent, else from the post as it was last saved."""
    if request.method == "POST":
        desk = set_up(member.workspace, post, read_form(request.POST), _number(request.POST.get("copy")))
        return replace(desk, form=_uuid(request.POST.get("written-in")))
    draft = of_post(post, member.workspace) if post is not None else _begun(request, member)
    desk = set_up(member.workspace, post, draft, _number(request.GET.get("copy")))
    return replace(desk, form=uuid4())


def _begun(request: HttpRequest, member: Member) -> Draft:
    """For the channels that the address asks for, else for those of this person's last post."""
    begun = begun_at(request.GET)
    return begun if begun.chosen else replace(begun, chosen=usual_channels(member))


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 18 else 0


def _uuid(text: str | None) -> UUID | None:
    try:
        return UUID(text or "")
    except ValueError:
        return None


def resumed(desk: Desk, by: User) -> tuple[Desk, WorkingCopy | None]:
    """What this person was writing here and had not saved, if it differs from what was saved."""
    copy = copies.copy_of(desk, by=by)
    if copy is None or copy.discarded_at is not None:
        return replace(desk, copy_id=0), None
    with_copy = replace(set_up(desk.workspace, desk.post, copies.opened(copy), copy.pk), form=desk.form)
    same = replace(with_copy.draft, based_on=desk.draft.based_on) == desk.draft
    return (desk, None) if same else (with_copy, copy)


def add_files(
    desk: Desk, files: "Sequence[UploadedFile[Any]]", *, by: User
) -> tuple[Desk, tuple[RuleError, ...]]:
    """Each good file becomes a picture of the post; what is wrong with the others is told."""
    media, refusals = list(desk.draft.shared.media), []
    alts = dict(desk.draft.alts)
    for file in files:
        try:
            asset = add_upload(workspace=desk.workspace, file=file, by=by)
        except RuleError as refusal:
            refusals.append(refusal)
        else:
            media.append(asset.pk)
            alts.setdefault(asset.pk, asset.alt)
    shared = replace(desk.draft.shared, media=tuple(dict.fromkeys(media)))
    return desk.with_draft(replace(desk.draft, shared=shared, alts=alts)), tuple(refusals)


def answer(
    request: HttpRequest,
    desk: Desk,
    *,
    refused: RuleError | Sequence[RuleError] = (),
    said: str = "",
    history: History | None = None,
    copy: WorkingCopy | None = None,
    compare: bool = False,
) -> HttpResponse:
    """The form as it stands; with 422 and the sentence if something was refused. Nothing typed is lost."""
    refusals = (refused,) if isinstance(refused, RuleError) else tuple(refused)
    overtaken: Overtaken | None = None
    if compare or any(isinstance(refusal, OvertakenError) for refusal in refusals):
        desk, overtaken = _beside_theirs(desk)
    shown = Shown(
        error=" ".join(say(refusal.message) for refusal in refusals),
        said=said,
        overtaken=overtaken,
        history=read_history(request.POST) if history is None else history,
        resumed=copy,
        view=_one_of(request.POST.get("view"), VIEWS),
        look=_one_of(request.POST.get("look"), LOOKS),
        act="" if refusals else request.POST.get("do", "").partition(":")[0],
    )
    draw = show_invalid if refusals else show
    return draw(
        request, "compose/composer.html", "compose/_composer.html", {"page": composer_page(desk, shown)}
    )


def _beside_theirs(desk: Desk) -> tuple[Desk, Overtaken | None]:
    """Saving again, having seen theirs, is a decision: the form is then based on theirs."""
    theirs = desk.post.revisions.select_related("author").order_by("-number").first() if desk.post else None
    if desk.post is None or theirs is None or theirs.number == desk.draft.based_on:
        return desk, None
    saved = of_post(desk.post, desk.workspace)
    found = differences(desk, saved)
    return desk.with_draft(replace(desk.draft, based_on=theirs.number)), overtaken_by(theirs, found)


def _one_of(value: str | None, allowed: Sequence[str]) -> str:
    return value if value is not None and value in allowed else allowed[0]
