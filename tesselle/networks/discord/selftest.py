"""What a webhook of Discord can be asked without posting: whether it is still there."""

from tesselle.connectors.protocols import Api, SelfCheck
from tesselle.domain.messages import N_, Message
from tesselle.networks.discord.identify import identify

KNOWN = N_("Discord still knows this webhook (%(name)s).")


async def self_checks(api: Api) -> tuple[SelfCheck, ...]:
    """Raises BlockedError where it is gone."""
    found = await identify(api.account.credentials, api)
    return (SelfCheck("address", "good", Message(KNOWN, {"name": found.display_name})),)
