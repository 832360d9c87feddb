"""What files a network takes, in words: a table of its set-up page."""

from dataclasses import dataclass

from django.template.defaultfilters import filesizeformat
from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext, pgettext_lazy

from tesselle.connectors.card import Network
from tesselle.connectors.protocols import Account
from tesselle.connectors.takes import Takes, rows
from tesselle.networks import plugin


@dataclass(frozen=True, slots=True)
class FileRow:
    """What files of a kind a network takes, in words."""

    form: str
    kind: str
    most: int
    types: str
    size: str
    lasting: str


_FILES: dict[str, Promise] = {
    "image": pgettext_lazy("files", "Pictures"),
    "video": pgettext_lazy("files", "Films"),
    "document": pgettext_lazy("files", "Documents"),
}


def file_rows(network: Network) -> tuple[FileRow, ...]:
    """Of all its kinds of account, each row once."""
    found: dict[FileRow, None] = {}
    for kind in network.account_kinds:
        names = {one.slug: gettext(one.name) for one in kind.formats}
        usual = gettext(kind.formats[0].name) if kind.formats else ""
        limits = plugin(network.slug).connector.limits(Account(kind.slug, "", "", ""))
        for one in rows(limits):
            found[_file_row(one, names.get(one.format, usual))] = None
    return tuple(found)


def _file_row(one: Takes, form: str) -> FileRow:
    lasting = ""
    if one.max_pages:
        lasting = ngettext("%(count)s page", "%(count)s pages", one.max_pages) % {"count": one.max_pages}
    elif one.max_seconds:
        lasting = gettext("%(seconds)s seconds") % {
            "seconds": number_format(int(one.max_seconds), use_l10n=True, force_grouping=True)
        }
    return FileRow(
        form=form,
        kind=str(_FILES[one.kind]),
        most=one.most,
        types=", ".join(name.upper() for name in one.mimes),
        size=filesizeformat(one.max_bytes) if one.max_bytes else "",
        lasting=lasting,
    )
