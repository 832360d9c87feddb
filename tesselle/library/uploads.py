"""The files of one request, each kept or refused with its sentence."""

from django.http import HttpRequest

from tesselle.domain.errors import RuleError
from tesselle.library import refusals
from tesselle.library.models import Album, Asset
from tesselle.library.services.uploading import add_upload
from tesselle.workspaces.models import Member

FIELD = "files"


def taken_in(
    request: HttpRequest, member: Member, album: Album | None = None
) -> tuple[list[Asset], list[RuleError]]:
    """Our script says how large the file is that it sends: what arrives shorter was cut on the way."""
    assets, refused = [], []
    told = request.headers.get("X-File-Size", "")
    for file in request.FILES.getlist(FIELD):
        try:
            if told.isdecimal() and int(told) != file.size:
                raise refusals.refusal("cut_upload", file.name or "")
            assets.append(add_upload(workspace=member.workspace, file=file, by=member.user, album=album))
        except RuleError as refusal:
            refused.append(refusal)
    return assets, refused
