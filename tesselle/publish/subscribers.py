"""Who stands behind the recipients of a mailing."""

from dataclasses import dataclass

from tesselle.audience.links import leave_url
from tesselle.connectors.protocols import Addressee
from tesselle.domain.errors import RejectedError
from tesselle.domain.messages import N_, Message
from tesselle.ledger.hot.dispatch import Database

_ADDRESSEE = """
SELECT s.address, s.name, l.name, l.language FROM audience_subscriber s
JOIN audience_mailinglist l ON l.id = s.mailing_list_id
WHERE s.public_id = $1::text::uuid AND s.state = 'confirmed'
"""


@dataclass(frozen=True, slots=True)
class Subscribers:
    """Who is behind the numbers, looked up when a mail is made: who has left by then gets none."""

    db: Database

    async def addressee(self, recipient: str) -> Addressee:
        row = await self.db.fetchrow(_ADDRESSEE, recipient)
        if row is None:
            raise RejectedError(_LEFT, "left")
        address, name, list_name, language = row
        return Addressee(address, name, list_name, language, leave_url(recipient))


_LEFT = Message(N_("This recipient has left the list meanwhile."))
