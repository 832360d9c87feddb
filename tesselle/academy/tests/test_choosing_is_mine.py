"""What somebody chooses by is shut to whoever is not on that path."""

import pytest
from django.test import Client
from django.urls import reverse

from tesselle.academy.models import (
    Gate,
    Path,
    Tool,
)
from tesselle.workspaces.models import User


@pytest.mark.parametrize("name", ["tool", "questionnaire", "ask"])
def test_mallory_with_a_path_of_her_own_opens_no_tool_of_ours(
    client: Client, laid_out: Path, mallory: User, name: str
):
    client.force_login(mallory)
    client.post("/path/begin/")
    address = reverse(f"academy:{name}", args=[laid_out.tools.first().pk])

    assert client.post(address, {"considered": "on"}).status_code == 404
    if name != "ask":
        assert client.get(address).status_code == 404
    assert not Tool.objects.filter(considered=True).exists()


def test_mallorys_form_changes_no_row_of_ours(client: Client, laid_out: Path, mallory: User):
    """The ids of rows stand in the form: those of somebody else's path are refused."""
    client.force_login(mallory)
    client.post("/path/begin/")
    ours = laid_out.gates.get()
    sent = {
        "criteria-TOTAL_FORMS": "0",
        "criteria-INITIAL_FORMS": "0",
        "gates-TOTAL_FORMS": "1",
        "gates-INITIAL_FORMS": "1",
        "gates-0-id": str(ours.pk),
        "gates-0-text": "Hers",
    }

    client.post("/path/choosing/criteria/", sent)

    assert Gate.objects.get(pk=ours.pk).text == ours.text
