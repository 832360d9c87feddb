"""What the site tells of a connection beyond who it is: what its user may do there by now."""

from tesselle.connectors.protocols import Api, SelfCheck
from tesselle.domain.messages import N_, Message
from tesselle.networks.wordpress.answers import mapping
from tesselle.networks.wordpress.identify import RIGHTS, rights_of
from tesselle.networks.wordpress.routes import get

ALL_GIVEN = N_("The site’s user may write, publish, upload, and follow all comments.")
NEEDED = "edit_posts"
"""Without it nothing goes out; what may not be published waits on the site for review."""


async def self_checks(api: Api) -> tuple[SelfCheck, ...]:
    user = mapping(await api.call(get(api.account, "/users/me", {"context": "edit"})))
    held = rights_of(user)
    lacking = [(name, words) for name, words in RIGHTS if name not in held]
    if not lacking:
        return (SelfCheck("rights", "good", Message(ALL_GIVEN)),)
    return tuple(
        SelfCheck("rights", "bad" if name == NEEDED else "attention", Message(words))
        for name, words in lacking
    )
