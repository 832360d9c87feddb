"""The servers work with clients of other people's making, and behave as our ledger assumes."""

import contextlib
import secrets
import struct
import zlib
from collections.abc import Iterator

import httpx
import pytest
import requests
from atproto import Client, Request, exceptions, models
from mastodon import Mastodon, MastodonServiceUnavailableError

from tests.real.servers.mastodon import MastodonAccount, MastodonMock
from tests.real.servers.pds import Pds, PdsAccount
from tests.real.servers.wordpress import WordPress, WordPressAccount

POSTS = "app.bsky.feed.post"
RECORD_KEY = "3mbd3542k222b"


def post(text: str) -> dict[str, object]:
    return {"$type": POSTS, "text": text, "createdAt": "2026-01-01T12:00:00.000Z", "langs": ["fr"]}


def put_once(client: Client, did: str, text: str) -> httpx.Response:
    """The ledger's create-once call, as bytes on the wire: a client library may drop the null."""
    request = {"repo": did, "collection": POSTS, "rkey": RECORD_KEY, "record": post(text), "swapRecord": None}
    return httpx.post(
        f"{client._base_url}/com.atproto.repo.putRecord",
        json=request,
        headers={"Authorization": f"Bearer {client._session.access_jwt}"},
        trust_env=False,
    )


@pytest.fixture
def bluesky_account(pds: Pds) -> PdsAccount:
    return pds.create_account(f"alice-{secrets.token_hex(4)}")


@pytest.fixture
def bluesky(pds: Pds, bluesky_account: PdsAccount) -> Iterator[Client]:
    # A PDS alone has no profiles: without fetch_bsky_profile=False it would ask an AppView for one.
    with contextlib.closing(Request()) as request:
        client = Client(base_url=pds.base_url, request=request)
        client.login(bluesky_account.handle, bluesky_account.app_password, fetch_bsky_profile=False)
        yield client


def test_a_bluesky_post_is_read_back(bluesky: Client, bluesky_account: PdsAccount) -> None:
    made = bluesky.send_post("Des carreaux posés à la main", profile_identify=bluesky_account.did)

    read = bluesky.get_post(made.uri.rsplit("/", 1)[1], bluesky_account.did)

    assert read.value.text == "Des carreaux posés à la main"
    assert read.cid == made.cid


def test_bluesky_takes_the_same_record_under_the_same_key_once(
    bluesky: Client, bluesky_account: PdsAccount
) -> None:
    first = put_once(bluesky, bluesky_account.did, "Bonjour")

    again = put_once(bluesky, bluesky_account.did, "Bonjour")
    other = put_once(bluesky, bluesky_account.did, "Bonsoir")

    assert (first.status_code, again.status_code) == (200, 200)
    assert again.json()["cid"] == first.json()["cid"]
    assert (other.status_code, other.json()["error"]) == (400, "InvalidSwap")
    records = bluesky.com.atproto.repo.list_records(
        models.ComAtprotoRepoListRecords.Params(repo=bluesky_account.did, collection=POSTS)
    ).records
    assert [record.value.text for record in records] == ["Bonjour"]


def test_bluesky_answers_500_when_a_record_key_is_created_twice(
    bluesky: Client, bluesky_account: PdsAccount
) -> None:
    data = models.ComAtprotoRepoCreateRecord.Data(
        repo=bluesky_account.did, collection=POSTS, rkey=RECORD_KEY, record=post("Bonjour")
    )
    bluesky.com.atproto.repo.create_record(data)

    with pytest.raises(exceptions.RequestException) as refusal:
        bluesky.com.atproto.repo.create_record(data)

    assert refusal.value.response is not None
    assert refusal.value.response.status_code == 500


def test_bluesky_counts_graphemes_up_to_300(bluesky: Client, bluesky_account: PdsAccount) -> None:
    bluesky.send_post("e\u0301" * 300, profile_identify=bluesky_account.did)

    with pytest.raises(exceptions.BadRequestError, match="maximum 300, got 301"):
        bluesky.send_post("e\u0301" * 301, profile_identify=bluesky_account.did)


def wordpress_client(wordpress: WordPress, account: WordPressAccount) -> httpx.Client:
    return httpx.Client(
        base_url=f"{wordpress.base_url}/wp-json/wp/v2/",
        auth=(account.login, account.app_password),
        timeout=30.0,
        trust_env=False,
    )


def tiny_png() -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    pixel = zlib.compress(b"\0\xc0\x40\x20")
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixel) + chunk(b"IEND", b"")


def test_a_wordpress_draft_is_found_by_its_slug_and_published_by_its_id(wordpress: WordPress) -> None:
    slug = f"carreaux-{secrets.token_hex(4)}"
    with wordpress_client(wordpress, wordpress.editor) as client:
        draft = client.post("posts", json={"title": "Carreaux", "slug": slug, "status": "draft"}).json()

        found = client.get("posts", params={"slug": slug, "status": "draft"}).json()
        published = client.post(f"posts/{draft['id']}", json={"status": "publish"}).json()
        page = httpx.get(published["link"], trust_env=False)

    assert [entry["id"] for entry in found] == [draft["id"]]
    assert (published["id"], published["status"], published["slug"]) == (draft["id"], "publish", slug)
    assert page.status_code == 200
    assert "Carreaux" in page.text


def test_a_wordpress_slug_does_not_keep_a_second_post_away(wordpress: WordPress) -> None:
    slug = f"carreaux-{secrets.token_hex(4)}"
    article = {"title": "Carreaux", "slug": slug, "status": "publish"}
    with wordpress_client(wordpress, wordpress.editor) as client:
        client.post("posts", json=article).raise_for_status()

        second = client.post("posts", json=article).json()

    assert second["slug"] == f"{slug}-2"


def test_wordpress_keeps_an_image_and_its_alternative_text(wordpress: WordPress) -> None:
    headers = {"Content-Type": "image/png", "Content-Disposition": 'attachment; filename="carreau.png"'}
    with wordpress_client(wordpress, wordpress.author) as client:
        media = client.post("media", content=tiny_png(), headers=headers).raise_for_status().json()
        client.post(f"media/{media['id']}", json={"alt_text": "Un carreau brun"}).raise_for_status()

        read = client.get(f"media/{media['id']}").json()
        image = httpx.get(read["source_url"], trust_env=False)

    assert read["alt_text"] == "Un carreau brun"
    assert image.content == tiny_png()


def test_a_wordpress_contributor_may_draft_but_not_publish(wordpress: WordPress) -> None:
    with wordpress_client(wordpress, wordpress.contributor) as client:
        draft = client.post("posts", json={"title": "Essai", "status": "draft"})
        publication = client.post("posts", json={"title": "Essai", "status": "publish"})

    assert draft.status_code == 201
    assert (publication.status_code, publication.json()["code"]) == (403, "rest_cannot_publish")


def test_wordpress_publishes_nothing_at_its_hour_unless_asked(wordpress: WordPress) -> None:
    with wordpress_client(wordpress, wordpress.editor) as client:
        later = {"title": "Plus tard", "status": "future", "date_gmt": "2099-01-01T08:00:00"}
        scheduled = client.post("posts", json=later).json()

        wordpress.run_cron()
        read = client.get(f"posts/{scheduled['id']}").json()

    assert (scheduled["status"], read["status"]) == ("future", "future")


@contextlib.contextmanager
def mastodon_client(server: MastodonMock, account: MastodonAccount) -> Iterator[Mastodon]:
    with requests.Session() as session:
        yield Mastodon(
            access_token=account.access_token,
            api_base_url=server.base_url,
            version_check_mode="none",
            session=session,
        )


@pytest.fixture
def alice(mastodon_mock: MastodonMock) -> Iterator[Mastodon]:
    with mastodon_client(mastodon_mock, mastodon_mock.alice) as client:
        yield client


@pytest.fixture
def bob(mastodon_mock: MastodonMock) -> Iterator[Mastodon]:
    with mastodon_client(mastodon_mock, mastodon_mock.bob) as client:
        yield client


def test_mastodon_answers_the_same_status_to_the_same_idempotency_key(alice: Mastodon) -> None:
    first = alice.status_post("Bonjour", idempotency_key="revision-1")
    again = alice.status_post("Bonjour", idempotency_key="revision-1")
    other = alice.status_post("Bonjour", idempotency_key="revision-2")

    assert again.id == first.id
    assert other.id != first.id


def test_one_mastodon_account_reads_what_the_other_wrote(alice: Mastodon, bob: Mastodon) -> None:
    status = alice.status_post("Bonjour")

    read = bob.status(status.id)

    assert read.account.username == "alice"
    assert "Bonjour" in read.content


def test_a_mastodon_fault_strikes_once(alice: Mastodon, mastodon_mock: MastodonMock) -> None:
    mastodon_mock.fail_next("POST", "/api/v1/statuses", {"type": "status", "status": 503})

    with pytest.raises(MastodonServiceUnavailableError):
        alice.status_post("Bonjour")
    status = alice.status_post("Bonjour")

    assert [entry.id for entry in alice.account_statuses(alice.me().id)] == [status.id]


def test_a_reset_mastodon_has_forgotten_posts_and_faults(
    alice: Mastodon, mastodon_mock: MastodonMock
) -> None:
    alice.status_post("Bonjour")
    mastodon_mock.fail_next("GET", "/api/v1/accounts/*", {"type": "status", "status": 500}, times=9)

    mastodon_mock.reset()

    assert alice.account_statuses(alice.me().id) == []
