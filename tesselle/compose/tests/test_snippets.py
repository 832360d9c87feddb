"""What a team writes again and again is inserted where the caret is; the networks' own count is told."""

import pytest
from django.test import Client

from tesselle.channels.models import Channel
from tesselle.compose.models import Snippet
from tesselle.compose.snippets import as_hashtags
from tesselle.compose.tests.forms import channel_in, form
from tesselle.journal.models import Entry
from tesselle.sandbox.accounts import connect_simulated
from tesselle.vault import secrets
from tesselle.workspaces.models import Member, User, Workspace


@pytest.fixture
def group(workspace: Workspace) -> Snippet:
    return Snippet.objects.create(
        workspace=workspace, kind="hashtags", name="Zellige", body="#zellige #carrelage #salledebain"
    )


def test_a_group_takes_tags_with_and_without_their_sign_and_none_twice():
    assert as_hashtags("zellige, #Carrelage; zellige\n#léman") == "#zellige #Carrelage #léman"
    assert as_hashtags(" # , ") == ""


def test_a_snippet_is_written_changed_removed_and_brought_back(as_alice: Client, workspace: Workspace):
    asked = {"name": "Horaires", "kind": "text", "body": "Ouvert le samedi"}
    as_alice.post("/snippets/add", asked)
    snippet = Snippet.objects.get()
    as_alice.post(f"/snippets/{snippet.pk}", {**asked, "body": "Ouvert le lundi"})
    assert "Ouvert le lundi" in as_alice.get("/snippets").content.decode()

    answer = as_alice.post(f"/snippets/{snippet.pk}/remove", follow=True).content.decode()
    assert "Ouvert le lundi" not in answer and f"/snippets/{snippet.pk}/remove?back" in answer
    as_alice.post(f"/snippets/{snippet.pk}/remove?back")

    assert "Ouvert le lundi" in as_alice.get("/snippets").content.decode()
    verbs = list(Entry.objects.filter(verb__startswith="snippet.").values_list("verb", flat=True))
    assert verbs == ["snippet.saved", "snippet.saved", "snippet.removed", "snippet.restored"]


def test_a_group_without_a_tag_is_refused(as_alice: Client):
    assert as_alice.post("/snippets/add", {"name": "x", "kind": "hashtags", "body": "#"}).status_code == 422
    assert not Snippet.objects.exists()


def test_the_count_that_a_network_allows_is_told_before_a_group_is_inserted(
    as_alice: Client, workspace: Workspace, group: Snippet
):
    channel = channel_in(workspace, "instagram", "chantiers")
    Channel.objects.filter(pk=channel.pk).update(kind="instagram")
    text = " ".join(f"#tag{chr(97 + n)}" for n in range(26))
    asked = {**form(channel, text=text), "into": "shared-text-0", "wanted": ""}

    assert (
        "29" in (few := as_alice.post("/posts/insert", asked).content.decode())
        and "tag--attention" not in few
    )
    asked["shared-text"] = f"{text} #z #y"
    many = as_alice.post("/posts/insert", asked).content.decode()
    assert "31" in many and "tag--attention" in many


@pytest.mark.django_db(transaction=True)
def test_people_are_looked_up_on_the_networks_of_the_text(
    as_alice: Client, alice: User, workspace: Workspace
):
    """A channel whose network cannot be asked is not asked; one that does not answer says why."""
    channel = connect_simulated(workspace=workspace, network="bluesky", by=alice)
    silent = channel_in(workspace, "telegram", "autre")
    ask = {**form(channel, silent), "into": "shared-text-0", "wanted": f"@{channel.handle[:3]}"}

    page = as_alice.post("/posts/insert", ask).content.decode()
    assert f'data-inserts="@{channel.handle}"' in page and "autre" not in page

    dead = secrets.seal(dict.fromkeys(secrets.unseal(channel.sealed_credentials), "wrong"))
    Channel.objects.filter(pk=channel.pk).update(sealed_credentials=dead, sealed_session="")
    page = as_alice.post("/posts/insert", ask).content.decode()
    assert "data-inserts" not in page and "note--attention" in page


def test_mallory_sees_and_changes_no_snippet(
    client: Client, mallory: User, group: Snippet, chloe: User, workspace: Workspace
):
    client.force_login(mallory)
    assert client.get(f"/snippets/{group.pk}").status_code == 404
    assert client.post(f"/snippets/{group.pk}/remove").status_code == 404
    elsewhere = channel_in(Member.objects.get(user=mallory).workspace)
    assert "zellige" not in client.post("/posts/insert", {**form(elsewhere), "wanted": "z"}).content.decode()
    client.force_login(chloe)
    assert client.get("/snippets").status_code == 403
