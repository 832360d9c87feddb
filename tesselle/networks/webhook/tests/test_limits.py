"""The body of the fullest event stays below what the specification advises."""

from datetime import UTC, datetime

import pytest

from tesselle.connectors.protocols import Account, StepCall
from tesselle.domain.content import Content
from tesselle.networks.webhook.events import body_of
from tesselle.networks.webhook.limits import BODY_BYTES, TEXT_BYTES, TITLE_BYTES

ACCOUNT = Account("receiver", "1", "Intranet", "https://intranet.example")


@pytest.mark.parametrize("sign", ["a", '"', "\n", "é", "😀"])
def test_the_fullest_event_fits_however_json_writes_it(sign):
    size = len(sign.encode())
    content = Content(
        text=sign * (TEXT_BYTES // size),
        title=sign * (TITLE_BYTES // size),
        link="https://x.example/" + "a" * 1900,
    )
    call = StepCall(ACCOUNT, "post", 0, content, "key", datetime(2026, 1, 1, tzinfo=UTC))

    assert len(body_of(call).encode()) <= BODY_BYTES
