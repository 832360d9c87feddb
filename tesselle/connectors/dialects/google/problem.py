"""An error of a Google API, whichever of its two generations tells it.

The elder ones name a reason in `errors`, the younger ones a `status` and reasons in `details`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from tesselle.connectors.http.exchange import Response


@dataclass(frozen=True, slots=True)
class Problem:
    """`fields`: what is wrong with a single value, in Google's words: (its place, the words)."""

    http: int
    status: str = ""
    reason: str = ""
    words: str = ""
    fields: tuple[tuple[str, str], ...] = ()
    facts: Mapping[str, str] = field(default_factory=dict)


def problem_of(response: Response) -> Problem | None:
    """None: not Google's own envelope (a proxy's page, or the token's address, whose `error` is a word)."""
    told = response.mapping().get("error")
    if not isinstance(told, Mapping):
        return None
    details = _listed(told.get("details"))
    reasons = [*_listed(told.get("errors")), *details]
    facts: dict[str, str] = {}
    for one in details:
        facts |= {str(k): str(v) for k, v in dict(one.get("metadata") or {}).items()}
    return Problem(
        http=response.status,
        status=str(told.get("status") or ""),
        reason=next((str(one["reason"]) for one in reasons if one.get("reason")), ""),
        words=str(told.get("message") or "")[:300],
        fields=tuple(_fields(details)),
        facts=facts,
    )


def _listed(value: Any) -> list[Mapping[str, Any]]:
    return [one for one in value if isinstance(one, Mapping)] if isinstance(value, list) else []


def _fields(details: list[Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    for detail in details:
        for one in (*_listed(detail.get("errorDetails")), *_listed(detail.get("fieldViolations"))):
            yield str(one.get("field") or ""), str(one.get("message") or one.get("description") or "")[:300]
