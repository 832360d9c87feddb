"""What one account can have done. A network's card says what it offers at all; some kinds of account
lack a part of it, and their connector has no step for that."""

from tesselle.connectors.protocols import Account, Publishes
from tesselle.domain.content import Content


def offers(connector: Publishes, purpose: str, account: Account) -> bool:
    """`purpose`: post, answer, edit, delete."""
    try:
        return bool(connector.steps(purpose, Content(), account))
    except ValueError:
        return False
