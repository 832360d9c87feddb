"""Quote requests and signed jobs, noted by hand."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tesselle.channels.models import Channel
from tesselle.journal.models import Entry
from tesselle.measure.business import came, today
from tesselle.measure.models import BusinessResult
from tesselle.measure.tests.factories import make_channel
from tesselle.workspaces.models import User, Workspace

PAGE = "measure:results"


@pytest.fixture
def channel(workspace: Workspace) -> Channel:
    return make_channel(workspace)


def answers(workspace: Workspace, **more: Any) -> dict[str, Any]:
    return {"kind": "quote", "day": today(workspace).isoformat(), "count": 1, "channel": "", **more}


def test_what_is_noted_is_told_by_channel(as_alice: Client, workspace: Workspace, channel: Channel):
    as_alice.post(reverse(PAGE), answers(workspace, count=2, channel=channel.pk))
    as_alice.post(reverse(PAGE), answers(workspace, kind="job", value=4200, channel=channel.pk))
    as_alice.post(reverse(PAGE), answers(workspace))

    page = as_alice.get(reverse(PAGE)).content.decode()

    own, unknown = came(workspace, today(workspace) - timedelta(days=1), today(workspace))
    assert (own.quotes, own.jobs, unknown.quotes, unknown.value) == (2, 1, 1, "")
    assert "4\u202f200" in page or "4\u00a0200" in page
    assert Entry.objects.filter(verb="result.noted", workspace_id=workspace.pk).count() == 3


@pytest.mark.parametrize("wrong", [{"count": 0}, {"count": ""}, {"kind": "lottery"}, {"value": -1}])
def test_nonsense_is_said_at_its_field_and_nothing_is_kept(
    as_alice: Client, workspace: Workspace, wrong: dict[str, Any]
):
    assert as_alice.post(reverse(PAGE), answers(workspace, **wrong)).status_code == 422
    assert not BusinessResult.objects.exists()


def test_tomorrow_has_not_come(as_alice: Client, workspace: Workspace):
    tomorrow = (today(workspace) + timedelta(days=1)).isoformat()

    answer = as_alice.post(reverse(PAGE), answers(workspace, day=tomorrow))

    assert "pas encore venu" in answer.content.decode()


def test_a_channel_of_others_is_no_choice(as_alice: Client, workspace: Workspace):
    theirs = make_channel(Workspace.objects.create(name="Ailleurs"))

    assert as_alice.post(reverse(PAGE), answers(workspace, channel=theirs.pk)).status_code == 422


def test_an_entry_is_removed_by_who_may_write(as_alice: Client, workspace: Workspace):
    as_alice.post(reverse(PAGE), answers(workspace))

    as_alice.post(reverse("measure:remove_result", args=[BusinessResult.objects.get().pk]))

    assert not BusinessResult.objects.exists()


def test_a_stranger_finds_and_removes_nothing(client: Client, mallory: User, workspace: Workspace):
    made = BusinessResult.objects.create(
        workspace=workspace, day=today(workspace), kind="quote", note="la cave"
    )
    client.force_login(mallory)

    assert client.post(reverse("measure:remove_result", args=[made.pk])).status_code == 404
    assert "la cave" not in client.get(reverse(PAGE)).content.decode()


def test_a_viewer_reads_and_does_not_note(client: Client, chloe: User, workspace: Workspace):
    client.force_login(chloe)

    assert client.get(reverse(PAGE)).status_code == 200
    assert client.post(reverse(PAGE), answers(workspace)).status_code == 403
