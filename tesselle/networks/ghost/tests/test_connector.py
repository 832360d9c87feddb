"""The real connector on the sandbox; `tests/real/test_ghost.py` asks a real server the same."""

from tesselle.networks.ghost.tests import behaviour


class TestConnecting(behaviour.Connecting):
    pass


class TestPublishing(behaviour.Publishing):
    pass


class TestChanging(behaviour.Changing):
    pass
