from tesselle.connectors.card import Ability
from tesselle.networks.mattermost import NETWORK
from tesselle.networks.mattermost.metrics import METRICS


def test_nothing_is_claimed_that_a_webhook_is_not_told():
    assert METRICS == {}
    assert Ability.MEASURE not in NETWORK.abilities
