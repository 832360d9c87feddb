"""What every part of the publishing worker is handed."""

from dataclasses import dataclass, field
from datetime import datetime

from tesselle.connectors.api import NetworkApi
from tesselle.connectors.http.exchange import GateClosedError
from tesselle.connectors.protocols import Account, Connector
from tesselle.connectors.registry import World, transport_for
from tesselle.ledger.hot.dispatch import Database
from tesselle.ledger.hot.shared import Shared
from tesselle.ledger.hot.steady import boottime
from tesselle.library.at_sending import Wardrobe
from tesselle.library.files import LibraryFiles
from tesselle.networks import plugin
from tesselle.publish.channels import Accounts, ChannelSession, Sessions
from tesselle.publish.spool import Spool
from tesselle.publish.subscribers import Subscribers
from tesselle.publish.timing import Timing


@dataclass(slots=True)
class Standing:
    """Whether this process may send: its worker id, and whether its lock still stands. `company`:
    how many workers share the work, this one included."""

    worker_id: int = 0
    locked: bool = False
    company: int = 1

    def gate(self, until_boottime: float, begun_as: int) -> None:
        """Asked synchronously just before the first byte of an irreversible call.

        Raises:
            GateClosedError: the lock is gone (a new one, under another identity, does not count), or
                the deadline has passed on a clock that counts suspension.
        """
        if not self.locked or self.worker_id != begun_as:
            raise GateClosedError("this worker's lock is gone")
        if boottime() >= until_boottime:
            raise GateClosedError("the deadline passed before the first byte")


@dataclass(slots=True)
class Context:
    db: Database
    standing: Standing
    accounts: Accounts
    files: LibraryFiles
    spool: Spool
    timing: Timing
    sessions: Sessions = field(default_factory=dict)
    shared: Shared = field(init=False)
    wardrobe: Wardrobe = field(init=False)

    def __post_init__(self) -> None:
        self.shared = Shared(self.db)
        self.wardrobe = Wardrobe.over(self.db, self.files.store)

    def api(self, hand: "Hand") -> NetworkApi:
        return NetworkApi(
            connector=hand.connector,
            account=hand.account,
            transport=transport_for(World(hand.world_kind, hand.world_key)),
            now=hand.now,
            session=ChannelSession(
                self.db, hand.channel_id, hand.channel_version, self.sessions, hand.network, hand.now
            ),
            files=self.files,
            addressees=Subscribers(self.db),
        )

    async def hand(
        self,
        *,
        network: str,
        channel_id: int,
        channel_version: int,
        workspace_id: int,
        world_kind: str,
        now: datetime,
    ) -> "Hand":
        return Hand(
            connector=plugin(network).connector,
            account=await self.accounts.get(channel_id, channel_version),
            network=network,
            channel_id=channel_id,
            channel_version=channel_version,
            world_kind=world_kind,
            world_key="" if world_kind == "real" else str(workspace_id),
            now=now,
        )


@dataclass(frozen=True, slots=True)
class Hand:
    """One channel in hand: who speaks to it, as whom, in which world, at what instant."""

    connector: Connector
    account: Account
    network: str
    channel_id: int
    channel_version: int
    world_kind: str
    world_key: str
    now: datetime
