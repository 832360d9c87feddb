"""The company's logo and colour, on the page and in the files of its reports."""

import base64
from dataclasses import dataclass

from django.db import transaction

from tesselle.documents.document import Document
from tesselle.journal.services import record
from tesselle.library import names, storage
from tesselle.library.models import Asset
from tesselle.library.public import path_of
from tesselle.library.services.branding import brand_of
from tesselle.report.models import Letterhead
from tesselle.report.scope import Scope
from tesselle.report.telling import report_of
from tesselle.web.kept_query import SOME_ID, KeptQuery
from tesselle.workspaces.models import User, Workspace

_LOGO_LIVES_SECONDS = 3600
_READABLE = 4.5
"""Contrast on white that words need (WCAG 2.2, 1.4.3)."""


@dataclass(frozen=True, slots=True)
class Look:
    """`colour`: empty where none was chosen."""

    colour: str
    logo: Asset | None

    @property
    def logo_url(self) -> str:
        """Signed, so that whoever holds a link sees it too."""
        return path_of(_small(self.logo), seconds=_LOGO_LIVES_SECONDS) if self.logo else ""

    @property
    def logo_data(self) -> str:
        """In base64; empty where the file is gone: a report does not wait for its logo."""
        if self.logo is None:
            return ""
        try:
            return base64.b64encode(storage.current().local(_small(self.logo)).read_bytes()).decode()
        except OSError:
            return ""


def letterhead_of(workspace: Workspace) -> Look:
    colour = next(iter(_colour.rows({SOME_ID: workspace.pk})), ("",))[0]
    logo = brand_of(workspace).logo
    usable = logo is not None and logo.deleted_at is None and logo.kind == Asset.Kind.IMAGE
    return Look(colour or "", logo if usable else None)


_colour = KeptQuery(
    lambda: Letterhead.objects.filter(workspace=SOME_ID).values_list("colour"), is_planned_once=True
)


@transaction.atomic
def set_colour(workspace: Workspace, colour: str, *, by: User) -> None:
    Letterhead.objects.update_or_create(workspace=workspace, defaults={"colour": colour.lower()})
    record(
        "report.colour",
        workspace_id=workspace.pk,
        actor_id=by.pk,
        actor_name=str(by),
        subject_kind="workspace",
        subject_id=workspace.pk,
        colour=colour.lower(),
    )


def document_of(workspace: Workspace, scope: Scope) -> Document:
    """The report as a document with the company's head. In the reader's language, which is active."""
    look = letterhead_of(workspace)
    colour = readable(look.colour) if look.colour else ""
    return report_of(workspace, scope).as_document(colour=colour, logo=look.logo_data)


def readable(colour: str) -> str:
    """The colour itself, or as much darker as words on white need."""
    parts = [int(colour[at : at + 2], 16) for at in (1, 3, 5)]
    while 1.05 / (_luminance(parts) + 0.05) < _READABLE:
        parts = [part * 9 // 10 for part in parts]
    return "#" + "".join(f"{part:02x}" for part in parts)


def _luminance(parts: list[int]) -> float:
    red, green, blue = (
        one / 12.92 if one <= 0.03928 else ((one + 0.055) / 1.055) ** 2.4
        for one in (part / 255 for part in parts)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _small(logo: Asset) -> str:
    """The whole picture where there is no small one (one that was added long ago)."""
    small = names.thumb_of(logo.path)
    return small if storage.current().exists(small) else logo.path
