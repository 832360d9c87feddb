"""Findings as the composer shows them: beside the field they are about, each with its cure and repairs.

What several channels say in the same words about the shared text is said once, with all their signs.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tesselle.compose.desk import Desk, Place
from tesselle.compose.draft import SHARED, Words
from tesselle.compose.repairs import repairs_of
from tesselle.domain.findings import Finding, Severity
from tesselle.web.sentences import say

_LOOK = {
    Severity.ERROR: ("danger", "alert"),
    Severity.WARNING: ("attention", "alert"),
    Severity.ADVICE: ("info", "info"),
}
_LABELS: Mapping[str, str | Promise] = {
    "split_thread": _("Split into a thread"),
    "shorten": _("Shorten"),
    "remove_media": _("Remove what is too much"),
    "pages_as_pictures": _("Show its pages as pictures"),
    "link_into_text": _("Write it in the text"),
    "join_parts": _("Join the parts"),
    "drop_part": _("Remove empty parts"),
    "add_alt": _("Take the text kept with the picture"),
}


@dataclass(frozen=True, slots=True)
class Sign:
    """The channel that a finding comes from."""

    id: int
    name: str
    network: str


@dataclass(frozen=True, slots=True)
class Repair:
    act: str
    label: str
    of: str  # the channel it is for, when it changes that channel alone


@dataclass(frozen=True, slots=True)
class FindingShown:
    """`field_id`: the field it is about; empty when it is about the channel as a whole."""

    code: str
    sentence: str
    cure: str
    tone: str
    icon: str
    field_id: str
    signs: tuple[Sign, ...]
    repairs: tuple[Repair, ...]

    @property
    def is_error(self) -> bool:
        return self.tone == "danger"


def findings_of(place: Place, desk: Desk) -> tuple[FindingShown, ...]:
    """All that one channel has to say, in its order."""
    words = desk.draft.words(place.channel.pk)
    is_tailored = place.channel.pk in desk.draft.tailored
    return tuple(
        _shown(finding, place, desk, _field_of(finding.place, place, words, is_tailored))
        for finding in desk.findings(place)
    )


def beside(findings: Iterable[FindingShown]) -> dict[str, tuple[FindingShown, ...]]:
    """By field, what is said alike merged."""
    merged: dict[tuple[str, str, str], FindingShown] = {}
    for finding in findings:
        if not finding.field_id:
            continue
        key = (finding.field_id, finding.code, finding.sentence)
        known = merged.get(key)
        merged[key] = finding if known is None else _both(known, finding)
    grouped: dict[str, list[FindingShown]] = {}
    for finding in merged.values():
        grouped.setdefault(finding.field_id, []).append(finding)
    return {field: tuple(found) for field, found in grouped.items()}


def _both(one: FindingShown, other: FindingShown) -> FindingShown:
    acts = {repair.label if not repair.of else repair.act for repair in one.repairs}
    more = tuple(r for r in other.repairs if (r.label if not r.of else r.act) not in acts)
    return replace(one, signs=(*one.signs, *other.signs), repairs=(*one.repairs, *more))


def _shown(finding: Finding, place: Place, desk: Desk, field_id: str) -> FindingShown:
    tone, icon = _LOOK[finding.severity]
    channel = place.channel
    name = channel.display_name or channel.handle
    is_for_all = finding.place.startswith("media.")
    return FindingShown(
        code=finding.code,
        sentence=say(finding.message),
        cure=say(finding.cure),
        tone=tone,
        icon=icon,
        field_id=field_id,
        signs=(Sign(channel.pk, name, channel.network),),
        repairs=tuple(
            Repair(
                f"repair:{channel.pk}:{repair}:{finding.place}",
                str(_LABELS[repair]),
                "" if is_for_all else gettext("only %(channel)s") % {"channel": name},
            )
            for repair in repairs_of(finding, desk, place)
        ),
    )


def _field_of(place: str, at: Place, words: Words, is_tailored: bool) -> str:
    """The id of the field that a finding is about; its findings stand below it."""
    owner = f"c{at.channel.pk}" if is_tailored else SHARED
    head, _dot, tail = place.partition(".")
    if head == "parts" and tail.isdecimal():
        return f"{owner}-text-{int(tail) + 1}"
    if head == "media" and tail:
        index, _dot, what = tail.partition(".")
        asset = words.media[int(index)] if index.isdecimal() and int(index) < len(words.media) else 0
        return f"alt-{asset}" if what == "alt" else f"picture-{asset}"
    if head == "options":
        return f"c{at.channel.pk}-option-{tail}"
    return {"text": f"{owner}-text-0", "title": f"{owner}-title", "link": f"{owner}-link"}.get(head, "")
