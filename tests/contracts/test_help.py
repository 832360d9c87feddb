"""No page of the navigation is without help, and its “?” opens at its own paragraph."""

import re

import pytest
from django.test import Client, RequestFactory
from django.urls import resolve, reverse

from tesselle.academy.catalogue.help import help_for, paragraphs
from tesselle.academy.catalogue.lessons import chapters
from tesselle.web import navigation
from tesselle.workspaces.models import Member, User, Workspace

KEYS = {one.key for one in paragraphs()}


def pages_of_the_navigation(person: User) -> set[str]:
    """Of an owner who also runs the installation: nobody sees more."""
    request = RequestFactory().get("/")
    request.user = person
    request.member = Member.objects.select_related("workspace", "user").get(user=person)
    request.workspace = request.member.workspace
    return {
        link.url
        for place in ("main", "account")
        for link in navigation.pages(request, place)
        if link.method == "get"
    }


@pytest.mark.django_db
@pytest.mark.parametrize("kind", Workspace.WorldKind.values)
def test_every_page_of_the_navigation_opens_its_own_paragraph(
    as_alice: Client, alice: User, workspace: Workspace, kind: str
):
    User.objects.filter(pk=alice.pk).update(is_staff=True)
    Workspace.objects.filter(pk=workspace.pk).update(world_kind=kind)
    alice.refresh_from_db()
    seen: dict[str, str] = {}
    for page in sorted(pages_of_the_navigation(alice)):
        name = resolve(page).view_name
        shown = as_alice.get(page, follow=True).content.decode()
        found = re.search(rf'href="{reverse("academy:help")}#([a-z]+)"', shown)
        assert found, f"{page} ({name}) has no help: say it in academy/catalogue/help.toml"
        assert found[1] == help_for(name) in KEYS
        assert found[1] not in seen.values(), f"{page} shares the paragraph {found[1]}"
        seen[page] = found[1]
    assert len(seen) >= 18


@pytest.mark.parametrize(
    ("page", "key"),
    [
        ("notify:notices", "notices"),
        ("notify:preferences", "notices"),
        ("workspaces:invite", "members"),
        ("workspaces:new", "workspaces"),
        ("channels:app", "apps"),
        ("workspaces:mail", "installation"),
    ],
)
def test_pages_beside_the_navigation_open_the_paragraph_of_their_subject(page: str, key: str):
    assert help_for(page) == key


@pytest.mark.django_db
def test_every_paragraph_is_on_the_page_of_help_and_is_about_pages_there_are(as_alice: Client):
    shown = as_alice.get(reverse("academy:help")).content.decode()
    slugs = {one.slug for one in chapters()}

    assert len(KEYS) == len(paragraphs())
    for one in paragraphs():
        assert f'id="{one.key}"' in shown
        assert one.chapter == "" or one.chapter in slugs
