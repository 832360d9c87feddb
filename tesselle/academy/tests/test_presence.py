"""The look at a site: all faults it was made with are found, and none is invented."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client

from tesselle.academy.catalogue.norms import norms
from tesselle.academy.models import Path, SiteCheck
from tesselle.academy.presence.fetching import MOST_LINKS, MOST_PAGES, address_of
from tesselle.academy.presence.profiles import findings_of_profiles
from tesselle.academy.presence.rules import RULES, findings_of
from tesselle.academy.presence.running import look, perform
from tesselle.academy.presence.services import ABANDONED_AFTER, ask, take
from tesselle.academy.report.presence import presence_draft
from tesselle.academy.tests.sites import GOOD, SAFE, WORLD, Place, page, transport
from tesselle.channels.models import Channel
from tesselle.connectors.http.aiohttp_transport import AiohttpTransport
from tesselle.connectors.http.guarded import Guard, GuardedResolver, GuardedTransport
from tesselle.connectors.registry import other_worlds, register_world
from tesselle.journal.models import Entry
from tesselle.workspaces.models import User, Workspace

HOME = "https://{}.example"


def seen(address: str, world: dict[str, Place] | None = None) -> dict[str, tuple[str, ...]]:
    site, problem, _ = asyncio.run(look(address, transport(world or WORLD)))
    assert site is not None, problem
    return {one.key: one.places for one in findings_of(site)}


def test_a_site_in_order_is_found_to_be_in_order():
    assert seen("https://bon.example/") == {}


def test_a_site_that_hides_who_it_is_and_tells_others_who_comes():
    home = "https://terrasses.example/"

    assert seen(home) == {
        "imprint": (home,),
        "mail": (home,),
        "place": (home,),
        "privacy": (home,),
        "trackers": ("www.googletagmanager.com",),
        "embeds": ("www.youtube.com",),
        "cookies": ("_ga",),
        "cookie-secure": ("_ga",),
    }


def test_every_cookie_counts_not_only_the_one_that_was_set_last():
    lines = (
        ("set-cookie", "_fbp=fb.1; Path=/; Secure"),
        ("set-cookie", '_pk_id={"a":1,"b":2}; Path=/; secure'),
        ("set-cookie", "old=deleted; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0"),
        ("set-cookie", "session=1; HttpOnly"),
        ("content-security-policy", "default-src https:"),
    )
    many = replace(GOOD, headers=SAFE, lines=lines)

    assert seen("https://bon.example/", {"bon.example": many}) == {
        "cookies": ("_fbp", "_pk_id"),
        "cookie-secure": ("session",),
    }


def test_a_site_that_not_everybody_can_read():
    home = "http://bains.example/"

    assert seen(home) == {
        "https": (home,),
        "nosniff": ("x-content-type-options",),
        "framing": ("x-frame-options, content-security-policy",),
        "language": (home,),
        "title": (home,),
        "heading": (home,),
        "alt": ("/a.jpg",),
        "label": (f"{home} · mail",),
        "link-text": (f"{home} · /perdu",),
        "button-text": (f"{home} · menu",),
        "zoom": (home,),
        "links": (f"{home}perdu · {home}", f"https://ailleurs.example/page · {home}"),
        "business": (home,),
    }


def test_a_site_that_is_open_on_its_way():
    home = "https://cuisines.example/"

    assert seen(home) == {
        "country": (f"{home}donnees",),
        "embeds": ("fonts.googleapis.com",),
        "redirect": ("http://cuisines.example/",),
        "mixed": ("http://x.example/a.js",),
        "hsts": ("strict-transport-security",),
        "nosniff": ("x-content-type-options",),
        "framing": ("x-frame-options, content-security-policy",),
        "business-thin": ("address", "telephone", "openingHours"),
        "business-broken": (home,),
    }


def test_every_rule_has_its_norm_and_every_norm_its_rule():
    assert set(norms()) == {*RULES, "name", "silent", "stopped", "unlinked"}
    for norm in norms().values():
        assert all((norm.title.fr, norm.norm.fr, norm.cure.fr, norm.source, norm.read))


def test_a_look_is_bounded_and_leaves_alone_what_robots_are_asked_to():
    links = "".join(f'<a href="/p{n}">Chantier {n}</a>' for n in range(80))
    place = replace(
        GOOD,
        pages={"/": page(f'{links}<a href="/prive/x">Privé</a>'), **{f"/p{n}": page("x") for n in range(80)}},
        robots="User-agent: *\nDisallow: /prive/",
        asked=[],
    )
    _, _, fetcher = asyncio.run(look("https://bon.example/", transport({"bon.example": place})))

    assert "/prive/x" not in place.asked
    assert len(place.asked) <= MOST_PAGES + 2 * MOST_LINKS + 2
    assert fetcher.unread > 0
    assert fetcher.done == fetcher.total


@pytest.mark.parametrize(
    ("address", "cause"),
    [("https://nulle-part.example/", "no such server"), ("https://bon.example/x", "HTTP 404")],
)
def test_a_site_that_cannot_be_read_is_said_with_its_cause(address: str, cause: str):
    site, problem, _ = asyncio.run(look(address, transport(WORLD)))

    assert site is None
    assert cause in problem


def test_no_look_reaches_the_building():
    async def inside(address: str) -> str:
        guard = Guard()
        real = AiohttpTransport(resolver=GuardedResolver(guard))
        try:
            return (await look(address, GuardedTransport(real, guard)))[1]
        finally:
            await real.close()

    for address in (
        "http://127.0.0.1:5432/",
        "http://[::1]/",
        "http://169.254.169.254/",
    ):
        assert "private network" in asyncio.run(inside(address))


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("www.exemple.ch", "https://www.exemple.ch"),
        (" http://exemple.ch/a#b ", "http://exemple.ch/a"),
        ("exemple", ""),
        ("ftp://exemple.ch", ""),
        ("https://a:b@exemple.ch", ""),
        ("javascript:alert(1)", ""),
        ("https://exemple.ch:x", ""),
    ],
)
def test_an_address_is_taken_as_a_browser_would(typed: str, address: str):
    assert address_of(typed) == address


# --- The job ------------------------------------------------------------------------------------------


def done(check: SiteCheck) -> SiteCheck:
    with other_worlds():
        register_world("real", lambda _: transport(WORLD))
        perform(check)
    return check


@pytest.mark.django_db(transaction=True)
def test_what_was_found_stands_on_the_page_and_in_the_report(as_alice: Client, path: Path):
    as_alice.post("/path/presence/look/", {"address": "terrasses.example"})
    as_alice.post("/path/presence/look/", {"address": "bon.example"})
    waiting = as_alice.get("/path/presence/", headers={"HX-Request": "true"}).content.decode()
    check = take()
    assert check is not None
    assert take() is None
    done(check)

    shown = as_alice.get("/path/presence/").content.decode()
    assert "every 2s" in waiting
    assert "every 2s" not in shown
    assert shown.count("data-finding=") == 8
    assert "LCD art. 3 al. 1 let. s" in shown
    assert "googletagmanager" in shown
    assert len(presence_draft(path).sentences) == 9
    assert Entry.objects.filter(verb="path.site_asked").count() == 1


@pytest.mark.django_db
def test_a_look_whose_process_died_is_taken_again(path: Path):
    check = ask(path, "https://bon.example/")
    assert take() == check
    SiteCheck.objects.update(began_at=check.asked_at - 2 * ABANDONED_AFTER)

    assert take() == check


@pytest.mark.django_db
@pytest.mark.parametrize("typed", ["pas une adresse", "http://", "file:///etc/passwd"])
def test_what_is_no_address_is_not_looked_at(as_alice: Client, path: Path, typed: str):
    assert as_alice.post("/path/presence/look/", {"address": typed}).status_code == 422
    assert not SiteCheck.objects.exists()


@pytest.mark.django_db
def test_profiles_are_held_against_one_another(path: Path, workspace: Workspace):
    def channel(network: str, name: str, **more: object) -> Channel:
        long_ago = workspace.now() - timedelta(days=90)
        values = {"connected_at": long_ago, "display_name": name, **more}
        return Channel.objects.create(
            workspace=workspace,
            network=network,
            kind="account",
            remote_id=network,
            server="",
            handle="us",
            **values,
        )

    channel("bluesky", "Carrelages du Léman", connected_at=workspace.now())
    alike = findings_of_profiles(workspace)
    channel("facebook", "carrelages  du léman")
    silent = {one.key: one.places for one in findings_of_profiles(workspace)}
    channel("linkedin", "Léman Carreaux", blocked_reason="signed_out", connected_at=workspace.now())

    assert alike == []
    assert silent == {"silent": ("Facebook · us",)}
    assert {one.key for one in findings_of_profiles(workspace)} == {"silent", "name", "stopped"}


@pytest.mark.django_db
def test_mallory_neither_sees_our_findings_nor_asks_for_a_look(client: Client, path: Path, mallory: User):
    SiteCheck.objects.create(path=path, state="done", found=[{"key": "mail", "places": ["x"]}])
    client.force_login(mallory)
    assert client.post("/path/presence/look/", {"address": "bon.example"}).status_code == 404
    client.post("/path/begin/")

    assert "data-finding=" not in client.get("/path/presence/").content.decode()
    assert SiteCheck.objects.filter(path=path).count() == 1
