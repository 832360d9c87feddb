"""What a network would refuse that its limits cannot say: choices that do not go together, too many files."""

from collections.abc import Callable, Iterable

from tesselle.connectors.protocols import Account, Connector, Objects
from tesselle.domain.checks import is_plannable
from tesselle.domain.content import Content
from tesselle.domain.errors import RejectedError
from tesselle.domain.findings import Finding
from tesselle.domain.messages import N_, Message

MEND = N_("Mend it before planning: the network would refuse the post.")


def with_objections(
    found: Iterable[Finding], connector: Connector, content: Content, account: Account
) -> tuple[Finding, ...]:
    """`found`, and what the connector objects to in what nothing else refuses."""
    said = tuple(found)
    if not is_plannable(said) or not isinstance(connector, Objects):
        return said
    return (*refusals(connector.objections(content, account)), *said)


def refusals(looks: Iterable[Callable[[], object]]) -> Iterable[Finding]:
    """Each look raises RejectedError, as it does when the post is sent, or says nothing."""
    for look in looks:
        try:
            look()
        except RejectedError as error:
            yield Finding(error.reason, error.message, Message(MEND), "options")
