from tesselle.networks.newsletter.metrics import METRICS


def test_nothing_is_measured_that_readers_were_not_asked_about():
    assert not METRICS
