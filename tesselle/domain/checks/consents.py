"""Who is on a picture, or whose home, and whether they agreed to this network on that day."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from tesselle.domain.content import Content
from tesselle.domain.findings import Finding
from tesselle.domain.messages import N_, Message


@dataclass(frozen=True, slots=True)
class Agreement:
    """What one person agreed to. `networks` empty: all; `until`: the last day, None for no end."""

    who: str
    networks: frozenset[str] = frozenset()
    until: date | None = None
    is_withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class Consents:
    """`needed`: by file, for each picture on which somebody, or somebody's home, can be recognised, what
    they agreed to. Pictures that are not in it need nobody's consent."""

    network: str
    network_name: str
    day: date
    needed: Mapping[str, tuple[Agreement, ...]] = field(default_factory=dict)


def consent_findings(content: Content, consents: Consents) -> Iterator[Finding]:
    """One for each person who did not agree, or did not agree to this; nobody's word stands for another's."""
    for index, media in enumerate(content.media):
        agreements = consents.needed.get(media.asset)
        if agreements is None:
            continue
        if not agreements:
            yield Finding("consent_missing", Message(MISSING), Message(ASK), f"media.{index}")
        for agreement in agreements:
            yield from _judged(agreement, consents, f"media.{index}")


def _judged(agreement: Agreement, consents: Consents, place: str) -> Iterator[Finding]:
    who = {"who": agreement.who}
    if agreement.is_withdrawn:
        yield Finding("consent_withdrawn", Message(WITHDRAWN, who), Message(TAKE_ANOTHER), place)
    elif agreement.until is not None and agreement.until < consents.day:
        ended = {**who, "day": f"{agreement.until:%d.%m.%Y}"}
        yield Finding("consent_expired", Message(EXPIRED, ended), Message(ASK_AGAIN, who), place)
    elif agreement.networks and consents.network not in agreement.networks:
        there = {**who, "network": consents.network_name}
        yield Finding("consent_elsewhere", Message(ELSEWHERE, there), Message(ASK_FOR_THIS, there), place)


MISSING = N_(
    "Somebody, or somebody’s home, can be recognised on this picture, and nobody’s consent is noted for it."
)
ASK = N_("Ask them, note it on the picture’s page under “Who is on it”, or take another picture.")
WITHDRAWN = N_("%(who)s no longer agrees that this picture is shown.")
TAKE_ANOTHER = N_("Take another picture.")
EXPIRED = N_("What %(who)s agreed to ends on %(day)s, before this goes out.")
ASK_AGAIN = N_("Ask %(who)s again and note the new end, choose an earlier time, or take another picture.")
ELSEWHERE = N_("%(who)s agreed to other networks, not to %(network)s.")
ASK_FOR_THIS = N_(
    "Ask %(who)s about %(network)s and note it, leave this channel out, or take another picture."
)
