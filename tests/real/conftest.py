"""One server of each kind for the whole run. A server that is not installed is an error, never a skip."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.real.servers.ghost import Ghost, running_ghost
from tests.real.servers.mastodon import MastodonMock, running_mastodon_mock
from tests.real.servers.pds import Pds, PdsAccount, running_pds
from tests.real.servers.s3 import S3, running_s3
from tests.real.servers.wordpress import WordPress, running_wordpress

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.real)


@pytest.fixture(scope="session")
def pds() -> Iterator[Pds]:
    with running_pds() as server:
        yield server


@pytest.fixture(scope="session")
def person(pds: Pds) -> PdsAccount:
    """Who posts there, in whatever file: a name is given once."""
    return pds.create_account("carrelage")


@pytest.fixture(scope="session")
def wordpress() -> Iterator[WordPress]:
    with running_wordpress() as server:
        yield server


@pytest.fixture(scope="session")
def ghost() -> Iterator[Ghost]:
    with running_ghost() as server:
        yield server


@pytest.fixture(scope="session")
def _mastodon_mock_process() -> Iterator[MastodonMock]:
    with running_mastodon_mock() as server:
        yield server


@pytest.fixture
def mastodon_mock(_mastodon_mock_process: MastodonMock) -> Iterator[MastodonMock]:
    """The server of the run, as it was before the first post: no fault of one test reaches the next."""
    _mastodon_mock_process.reset()
    yield _mastodon_mock_process


@pytest.fixture(scope="session")
def s3() -> Iterator[S3]:
    with running_s3() as server:
        yield server
