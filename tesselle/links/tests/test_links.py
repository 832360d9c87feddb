"""Short links: made in the composer, followed by anybody, counted without knowing whom."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tesselle.channels.models import Channel
from tesselle.compose.models import Post
from tesselle.journal.models import Entry
from tesselle.links.models import Link, LinkChoice, LinkDay
from tesselle.links.selectors import by_channel, of_post
from tesselle.measure.tests.factories import make_channel
from tesselle.strategy.models import Campaign, Pillar
from tesselle.workspaces.models import User, Workspace

OUTSIDE = "https://social.example.ch"
PAGE = "https://carrelages.example/sols"
BROWSER = {"user-agent": "Mozilla/5.0 Firefox/140.0"}


@pytest.fixture(autouse=True)
def outside(settings: Any) -> None:
    settings.PUBLIC_URL = OUTSIDE


@pytest.fixture
def channel(workspace: Workspace) -> Channel:
    return make_channel(workspace)


@pytest.fixture
def link(workspace: Workspace) -> Link:
    return Link.objects.create(workspace=workspace, code="bcdfghj", target=PAGE, label="Flyer")


def write(client: Client, channel: Channel, do: str, **more: str) -> str:
    answer = client.post(
        reverse("compose:new"),
        {"do": do, "channels": channel.pk, "shared-text": f"Nos sols : {PAGE}.", "revision": "0", **more},
        follow=True,
    )
    return answer.content.decode()


def visit(client: Client, place: str, **headers: str) -> str:
    return client.get(f"/l/{place}", headers={**BROWSER, **headers}).headers.get("Location", "")


def test_the_button_makes_one_link_and_the_channel_gets_its_own_form(as_alice: Client, channel: Channel):
    page = write(as_alice, channel, "shorten_links", **{"shared-link": PAGE})

    code = Link.objects.get().code
    assert f"Nos sols : {OUTSIDE}/l/{code}." in page
    write(as_alice, channel, "save", **{"shared-text": f"Nos sols : {OUTSIDE}/l/{code}."})
    post = Post.objects.get()
    assert post.current is not None
    assert post.current.shared_content.text == f"Nos sols : {OUTSIDE}/l/{code}."
    own = post.current.variants.get().content.text
    assert own.startswith(f"Nos sols : {OUTSIDE}/l/{code}-")
    assert Link.objects.get().post == post


def test_a_visit_counts_for_its_channel_and_post_and_is_marked(
    client: Client, as_alice: Client, workspace: Workspace, channel: Channel
):
    as_alice.post(reverse("links:automatic"), {"automatic": "on"})
    write(as_alice, channel, "save")
    post = Post.objects.get()
    Post.objects.update(
        pillar=Pillar.objects.create(workspace=workspace, name="Chantiers"),
        campaign=Campaign.objects.create(
            workspace=workspace, name="Salon", first_day="2026-01-01", last_day="2026-12-31"
        ),
    )
    assert post.current is not None
    place = post.current.variants.get().content.text.rstrip(".").rsplit("/", 1)[1]
    as_alice.logout()

    for _ in range(2):
        led_to = visit(client, place)

    marks = "utm_source=mastodon&utm_medium=social&utm_campaign=salon&utm_content=chantiers"
    assert led_to == f"{PAGE}?{marks}&utm_term={place}"
    today = workspace.today()
    assert by_channel(workspace, today, today) == {channel.pk: 2}
    assert of_post(post.pk) == {channel.pk: 2}


def test_a_form_sent_twice_makes_no_second_link_and_is_overtaken_by_nobody(
    as_alice: Client, channel: Channel
):
    as_alice.post(reverse("links:automatic"), {"automatic": "on"})
    write(as_alice, channel, "save")
    post = Post.objects.get()
    text = f"Nos sols, encore : {PAGE}."
    sent = {"do": "save", "channels": channel.pk, "shared-text": text, "revision": "1"}

    answers = [as_alice.post(reverse("compose:edit", args=[post.pk]), sent) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert Link.objects.count() == 1 and post.revisions.count() == 2


def test_nothing_of_a_visitor_is_kept(client: Client, link: Link):
    answer = client.get("/l/bcdfghj", headers=BROWSER)

    assert answer.status_code == 302
    assert not answer.cookies
    assert answer.headers["Cache-Control"] == "no-store, private"
    assert {field.name for field in LinkDay._meta.get_fields()} == {
        "id", "link", "channel", "day", "visits", "filtered",
    }  # fmt: skip


def test_machines_heads_and_colleagues_are_led_on_and_not_counted(
    client: Client, as_alice: Client, link: Link
):
    visit(as_alice, "bcdfghj")
    as_alice.logout()
    client.head("/l/bcdfghj", headers=BROWSER)
    visit(client, "bcdfghj", **{"user-agent": "Twitterbot/1.0"})
    visit(client, "bcdfghj", **{"sec-purpose": "prefetch"})

    assert visit(client, "bcdfghj").startswith(PAGE)
    day = LinkDay.objects.get()
    assert (day.visits, day.filtered) == (1, 2)


def test_the_address_decides_nothing_but_the_code(client: Client, link: Link, workspace: Workspace):
    theirs = make_channel(Workspace.objects.create(name="Ailleurs"))

    assert visit(client, "bcdfghj?to=https://evil.example&url=//evil.example").startswith(f"{PAGE}?")
    assert visit(client, f"bcdfghj-{theirs.pk}").startswith(f"{PAGE}?utm_source=tesselle")
    assert client.get("/l/https:%2F%2Fevil.example").status_code == 404
    assert not LinkDay.objects.filter(channel__isnull=False).exists()


def test_a_withdrawn_link_answers_410_until_it_is_brought_back(client: Client, as_alice: Client, link: Link):
    as_alice.post(reverse("links:withdraw", args=[link.pk]))
    gone = client.get("/l/bcdfghj", headers=BROWSER)
    as_alice.post(reverse("links:restore", args=[link.pk]))

    assert (gone.status_code, gone.headers.get("Location")) == (410, None)
    assert not gone.cookies
    assert client.get("/l/bcdfghj").status_code == 302
    assert Entry.objects.filter(verb__startswith="link.").count() == 2


HERE = "http://127.0.0.1:8000"


def test_in_practice_this_machine_s_own_address_will_do(as_alice: Client, channel: Channel, settings: Any):
    settings.PUBLIC_URL = HERE

    page = write(as_alice, channel, "shorten_links")

    code = Link.objects.get().code
    assert f"Nos sols : {HERE}/l/{code}." in page
    assert "PUBLIC_URL" not in as_alice.get(reverse("links:links")).content.decode()


def test_without_a_public_address_the_person_is_told_and_gets_utm(
    as_alice: Client, channel: Channel, settings: Any
):
    settings.PUBLIC_URL = HERE
    Workspace.objects.update(world_kind=Workspace.WorldKind.REAL)

    page = write(as_alice, channel, "shorten_links")
    write(as_alice, channel, "save", **{"shared-text": f"{PAGE}?utm_source=channel&utm_medium=social"})

    assert "utm_source=channel&amp;utm_medium=social" in page
    post = Post.objects.get()
    assert post.current is not None
    assert post.current.variants.get().content.text == f"{PAGE}?utm_source=mastodon&utm_medium=social"
    assert "PUBLIC_URL" in as_alice.get(reverse("links:links")).content.decode()
    assert not Link.objects.exists()


def test_a_link_is_made_by_hand_and_nonsense_refused(as_alice: Client, workspace: Workspace):
    refused = as_alice.post(reverse("links:links"), {"target": "javascript:alert(1)", "label": "x"})
    as_alice.post(reverse("links:links"), {"target": PAGE, "label": "Camionnette"})

    assert refused.status_code == 422
    assert Link.objects.get().label == "Camionnette"


def test_a_stranger_finds_no_link_and_a_viewer_changes_nothing(
    client: Client, mallory: User, chloe: User, link: Link
):
    acts = [reverse(f"links:{name}", args=[link.pk]) for name in ("withdraw", "restore")]
    client.force_login(mallory)
    assert [client.post(act).status_code for act in acts] == [404, 404]
    assert "Flyer" not in client.get(reverse("links:links")).content.decode()
    client.force_login(chloe)
    assert [client.post(act).status_code for act in (*acts, reverse("links:automatic"))] == [403] * 3
    assert not LinkChoice.objects.exists()
