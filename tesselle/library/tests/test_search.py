"""Pictures are found by words: without accents, in another form, half typed, in French and English."""

import pytest
from django.test import Client
from django.utils import translation

from tesselle.library.models import Album, Asset
from tesselle.library.search import matching
from tesselle.library.selectors import assets
from tesselle.library.tests.factories import asset_of
from tesselle.workspaces.models import Workspace


def found(workspace: Workspace, text: str, language: str = "fr") -> list[str]:
    with translation.override(language):
        return sorted(matching(assets(workspace), text).values_list("original_name", flat=True))


@pytest.mark.parametrize(
    ("said", "typed"),
    [
        ("Une salle de bains rénovée", "renovation"),
        ("Une salle de bains rénovée", "rénover"),
        ("Une salle de bains rénovée", "salle de bain"),
        ("Une salle de bains rénovée", "SALLE RENOVEE"),
        ("Le sol est carrelé", "carrelees"),
        ("Des carrelages en grès cérame", "carrelage gres ceram"),
        ("Des carrelages en grès cérame", "CÉRAME"),
        ("Cœur de l’œuvre", "oeuvre coeur"),
        ("Pose de mosaïque à l’entrée", "mosaiques entree"),
        ("Façade d’école", "facade ecoles"),
        ("Terrasse en travertin", "terrasses"),
        ("A terrace with laid tiles", "terraces tile"),
        ("Les joints", "joint"),
    ],
)
def test_words_are_found_in_any_form(workspace: Workspace, said: str, typed: str) -> None:
    asset_of(workspace, alt=said, original_name="it")
    asset_of(workspace, alt="Une piscine couverte", original_name="other")

    assert found(workspace, typed) == ["it"]


@pytest.mark.parametrize("typed", ["baignoire", "xyzzy", "salle piscine"])
def test_what_is_not_told_is_not_found(workspace: Workspace, typed: str) -> None:
    asset_of(workspace, alt="Une salle de bains", original_name="it")

    assert found(workspace, typed) == []


def test_a_files_name_a_tag_the_credit_and_the_album_are_words_too(workspace: Workspace) -> None:
    morges = Album.objects.create(workspace=workspace, name="Villa Génolier, Morges")
    asset_of(workspace, original_name="salle-de-bain_avant.JPG")
    asset_of(workspace, original_name="b.jpg", tags=["zellige"], credit="Inès Rochat", album=morges)

    assert found(workspace, "bain") == ["salle-de-bain_avant.JPG"]
    assert found(workspace, "avant") == ["salle-de-bain_avant.JPG"]
    assert found(workspace, "zelliges") == ["b.jpg"]
    assert found(workspace, "ines genolier") == ["b.jpg"]


def test_accents_that_a_telephone_sends_in_two_signs_are_one(workspace: Workspace) -> None:
    asset_of(workspace, alt="re\u0301novation", original_name="it")

    assert found(workspace, "rénovation") == ["it"]


@pytest.mark.parametrize("typed", ["", "  ", "l'", "& | ! :*", "\\ ' \" )", "de la", "🛁"])
def test_signs_alone_narrow_nothing_and_break_nothing(workspace: Workspace, typed: str) -> None:
    asset_of(workspace, original_name="it")

    assert found(workspace, typed) == ["it"]


def test_another_workspace_is_never_found(workspace: Workspace, as_alice: Client) -> None:
    elsewhere = Workspace.objects.create(name="Ailleurs")
    asset_of(elsewhere, alt="zellige", album=Album.objects.create(workspace=elsewhere, name="zellige"))

    assert found(workspace, "zellige") == []
    assert Asset.objects.count() == 1
