from tesselle.connectors.card import Ability
from tesselle.networks.webhook import NETWORK
from tesselle.networks.webhook.metrics import METRICS


def test_nothing_is_claimed_that_is_not_told():
    assert METRICS == {}
    assert Ability.MEASURE not in NETWORK.abilities
