import pytest

from tesselle.ledger.models import Delivery
from tesselle.publish.tests.conftest import stage as stage  # the practice world
from tesselle.publish.tests.stage import PublishStage


@pytest.fixture
def tiled(stage: PublishStage) -> Delivery:
    """A post that is out on Mastodon."""
    return stage.run_until_state(stage.planned("Une terrasse à Morges", stage.channel("mastodon")), "live")
