"""The sandbox on the wire; `tests/real/test_wordpress.py` asks a real server the same."""

from tesselle.networks.wordpress.tests import wire


class TestWire(wire.Wire):
    pass
