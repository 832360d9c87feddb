"""From the situation to a first strategy: nothing is lost on the way, and all of it is made at the end."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tesselle.channels.models import Channel
from tesselle.strategy.models import Beginning, Cadence, EditorialLine, Objective, Persona, Pillar
from tesselle.strategy.starting import starting_points
from tesselle.strategy.wizard.forms import SubjectsForm
from tesselle.workspaces.models import User, Workspace

PAGES = [
    {"kind": "trade", "does": "Nous posons des carreaux autour de Lausanne"},
    {"name": "Un couple qui rénove", "question": "Combien ?"},
    {"sentence": "Cinq devis par mois", "indicator": "quote", "baseline": "2", "target": "5", "serves": "L’hiver"},
    {"hours": "3", "who": "Camille"},
    {},
    {"name-0": "Chantiers", "share-0": "50", "name-1": "Conseils", "share-1": "30",
     "name-2": "Équipe", "share-2": "20"},
    {"promise": "Voir comment c’est fait", "tone": "Simple"},
]  # fmt: skip


def turn(client: Client, number: int, do: str = "next", **values: str) -> int:
    return client.post(reverse("strategy:begin"), {"step": str(number), "do": do, **values}).status_code


@pytest.fixture
def channel(workspace: Workspace) -> Channel:
    return Channel.objects.create(workspace=workspace, network="mastodon", remote_id="1", handle="carreaux")


def walk(client: Client, workspace: Workspace, channel: Channel) -> None:
    due = (workspace.now() + timedelta(days=120)).date().isoformat()
    for number, values in enumerate(PAGES, start=1):
        more = {"due_on": due} if number == 3 else {f"times-{channel.pk}": "8"} if number == 5 else {}
        assert turn(client, number, **values, **more) in (200, 204, 302)


def test_seven_pages_make_objective_reader_rhythm_pillars_and_line(
    as_alice: Client, workspace: Workspace, channel: Channel
):
    walk(as_alice, workspace, channel)
    assert not Pillar.objects.exists()  # nothing is made before the last page

    page = as_alice.get(reverse("strategy:begin")).content.decode()
    turn(as_alice, 8)

    assert "Chantiers" in page and "Cinq devis par mois" in page
    objective = Objective.objects.get()
    assert (objective.indicator, objective.baseline, objective.target) == ("quote", 2, 5)
    assert objective.means and objective.serves and objective.due_on
    assert list(Pillar.objects.values_list("name", "target_percent")) == [
        ("Chantiers", 50),
        ("Conseils", 30),
        ("Équipe", 20),
    ]
    assert Persona.objects.get().name == "Un couple qui rénove"
    assert Cadence.objects.get().times == 8
    assert EditorialLine.objects.get().publishers == "Camille"


def test_what_was_typed_wrong_is_still_there_after_going_elsewhere_and_coming_back(as_alice: Client):
    turn(as_alice, 6, do="back", **{"name-0": "Fontaines", "share-0": "150"})

    assert Beginning.objects.get().step == 5
    page = as_alice.get(reverse("strategy:begin") + "?step=6").content.decode()
    assert 'value="Fontaines"' in page and 'value="150"' in page


def test_next_pressed_twice_moves_on_once_and_made_twice_is_made_once(
    as_alice: Client, workspace: Workspace, channel: Channel
):
    """The second press says again which page it was pressed on."""
    for _press in range(2):
        turn(as_alice, 1, **PAGES[0])
    assert Beginning.objects.get().step == 2

    walk(as_alice, workspace, channel)
    for _press in range(2):
        turn(as_alice, 8)
    assert (Objective.objects.count(), Pillar.objects.count(), Persona.objects.count()) == (1, 3, 1)


def test_the_last_page_leads_to_the_first_one_that_wants_something(as_alice: Client):
    turn(as_alice, 1, **PAGES[0])

    assert turn(as_alice, 8) == 422
    assert not Pillar.objects.exists() and not Objective.objects.exists()


def test_each_starting_point_passes_its_own_questions_in_both_languages(workspace: Workspace):
    from django.utils import translation

    for language in ("fr", "en"):
        with translation.override(language):
            for point in starting_points():
                proposed = SubjectsForm(None, workspace=workspace, point=point, told={}).initial
                form = SubjectsForm(proposed, workspace=workspace, point=point, told={})
                assert form.is_valid(), (point.slug, form.errors)
                assert {"who", "question"} <= set(point.persona) and {"promise", "tone"} <= set(point.line)


def test_a_viewer_and_a_stranger_leave_nothing_behind(client: Client, chloe: User, mallory: User):
    client.force_login(chloe)
    assert turn(client, 1, **PAGES[0]) == 403
    client.force_login(mallory)
    turn(client, 1, **PAGES[0])

    assert Beginning.objects.get().workspace_id == mallory.memberships.get().workspace_id


def test_pillars_that_are_there_already_go_before_what_is_proposed(as_alice: Client, workspace: Workspace):
    Pillar.objects.create(workspace=workspace, name="Fontaines", target_percent=60)

    page = as_alice.get(reverse("strategy:begin") + "?step=6").content.decode()

    assert 'value="Fontaines"' in page and "Chantiers terminés" not in page
