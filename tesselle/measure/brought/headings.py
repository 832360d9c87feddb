"""What columns of one network's exports, or of the website's, are called here: most of a mapping is guessed.

A guess stands in the form before anything is read, and the person decides.
"""

from collections.abc import Sequence

from tesselle.domain import headings
from tesselle.domain.cells import Order
from tesselle.domain.headings import ACCOUNT, DAY, ID, TEXT, TIME, URL, WORDS, Vocabulary
from tesselle.domain.metrics import Metric
from tesselle.measure.brought import website_words
from tesselle.measure.models import WEBSITE
from tesselle.networks import card

METRICS = (
    Metric.IMPRESSIONS,
    Metric.REACH,
    Metric.REACTIONS,
    Metric.COMMENTS,
    Metric.SHARES,
    Metric.SAVES,
    Metric.CLICKS,
    Metric.VIDEO_VIEWS,
)
FIELDS = (ID, URL, DAY, TIME, TEXT, ACCOUNT, *(metric.value for metric in METRICS))


def usual_order(network: str) -> Order:
    """Where the column itself does not tell: who is at home in the United States writes the month first."""
    if network == WEBSITE:
        return Order.DAY
    return Order.MONTH if card(network).export.month_first else Order.DAY


def _vocabulary(network: str) -> Vocabulary:
    """In the order in which columns are given away."""
    if network == WEBSITE:
        return website_words.WORDS
    own = card(network).export.columns
    return {field: own.get(field) or WORDS[field] for field in FIELDS}


def guess(network: str, row: Sequence[str]) -> dict[str, int]:
    return headings.guess(_vocabulary(network), row)


def heading_row(network: str, rows: Sequence[Sequence[str]]) -> int:
    return headings.heading_row(_vocabulary(network), rows)
