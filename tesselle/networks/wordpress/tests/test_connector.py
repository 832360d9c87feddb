"""The real connector on the sandbox; `tests/real/test_wordpress.py` asks a real server the same."""

from tesselle.networks.wordpress.tests import behaviour


class TestConnecting(behaviour.Connecting):
    pass


class TestPublishing(behaviour.Publishing):
    pass


class TestRoles(behaviour.Roles):
    pass


class TestDiscussing(behaviour.Discussing):
    pass


class TestChanging(behaviour.Changing):
    pass
