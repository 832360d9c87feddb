from tesselle.publish.timing import PREPARE_BOUND_S, prepare_bound


def test_the_time_for_uploads_follows_the_bytes():
    assert prepare_bound(0) == PREPARE_BOUND_S
    assert prepare_bound(4_000_000) < PREPARE_BOUND_S + 60
    assert prepare_bound(1_000_000_000) > 2 * 3_600
