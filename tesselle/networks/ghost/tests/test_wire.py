"""The sandbox on the wire; `tests/real/test_ghost.py` asks a real server the same."""

from tesselle.networks.ghost.tests import wire


class TestWire(wire.Wire):
    pass
