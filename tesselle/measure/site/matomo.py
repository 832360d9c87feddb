"""Matomo's statistics, by its Reporting API.

Source: https://developer.matomo.org/api-reference/reporting-api (read 2026-11-25). Campaigns are told by name with
their keywords below them: `utm_campaign` and `utm_term`, where our short links write their place.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from urllib.parse import urlencode

from tesselle.connectors.http.exchange import Request, Response
from tesselle.domain.errors import NetworkError
from tesselle.domain.messages import Message
from tesselle.links.attributing import Marks
from tesselle.measure.site.told import NOT_LET_IN, Asked, Days, misread

METHODS = ("VisitsSummary.getVisits", "Referrers.getCampaigns")
_FORM = {"Content-Type": "application/x-www-form-urlencoded"}


class Matomo:
    def requests(self, asked: Asked, first: date, last: date) -> Sequence[Request]:
        return tuple(_call(asked, method, first, last) for method in METHODS)

    def read(self, asked: Asked, answers: Sequence[Response]) -> Days:
        totals, campaigns = (_by_day(asked, answer) for answer in answers)
        try:
            return Days(
                totals={day: int(visits) for day, visits in totals.items()},
                marked=[
                    (day, marks, visits) for day, rows in campaigns.items() for marks, visits in _marked(rows)
                ],
            )
        except (KeyError, TypeError, ValueError, AttributeError):
            raise misread(asked, answers[1]) from None


def _call(asked: Asked, method: str, first: date, last: date) -> Request:
    """The token goes in the body: an address ends up in log files."""
    form = {
        "module": "API",
        "method": method,
        "idSite": asked.site,
        "period": "day",
        "date": f"{first.isoformat()},{last.isoformat()}",
        "format": "JSON",
        "expanded": "1",
        "filter_limit": "-1",
        "token_auth": asked.token,
    }
    return Request("POST", f"{asked.server}/index.php", _FORM, urlencode(form).encode())


def _by_day(asked: Asked, answer: Response) -> Mapping[date, Any]:
    """Raises NetworkError: a refusal, which comes with any status, or something else than days."""
    told = answer.json()
    if not isinstance(told, dict):  # a page at a wrong address says nothing, and not “no visits”
        raise misread(asked, answer)
    if told.get("result") == "error":
        if "token" in str(told.get("message", "")).casefold() or "access" in str(told.get("message", "")):
            raise NetworkError(Message(NOT_LET_IN, {"name": asked.name, "site": asked.site}))
        raise misread(asked, answer)
    try:
        return {date.fromisoformat(day): value for day, value in told.items()}
    except ValueError:
        raise misread(asked, answer) from None


def _marked(rows: Sequence[Mapping[str, Any]]) -> list[tuple[Marks, int]]:
    """What its keywords do not account for belongs to the campaign itself."""
    found = []
    for row in rows:
        campaign, below = str(row["label"]), row.get("subtable") or []
        named = [(Marks(campaign=campaign, term=str(one["label"])), int(one["nb_visits"])) for one in below]
        rest = int(row["nb_visits"]) - sum(visits for _marks, visits in named)
        found += [*named, *([(Marks(campaign=campaign), rest)] if rest > 0 else [])]
    return found
