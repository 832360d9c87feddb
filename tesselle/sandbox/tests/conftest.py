import pytest

from tesselle.sandbox.practice import register


@pytest.fixture(autouse=True)
def practice_worlds() -> None:
    """Other tests register worlds of their own."""
    register()
