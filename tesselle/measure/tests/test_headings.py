"""Columns of the networks' exports guessed by their names."""

import pytest

from tesselle.measure.brought.headings import guess, heading_row


@pytest.mark.parametrize(
    ("network", "headings", "expected"),
    [
        (
            "instagram",
            ["Post ID", "Account username", "Description", "Publish time", "Permalink", "Views", "Reach", "Likes"],
            "id account text day url impressions reach reactions",
        ),
        (
            "facebook",
            ["Identifiant de la publication", "Heure de publication", "Vues", "Réactions", "Nombre total de clics"],
            "id day impressions reactions clicks",
        ),
        ("youtube", ["Content", "Video title", "Video publish time", "Views"], "id text day video_views"),
        ("tiktok", ["Video link", "Post time", "Total views"], "url day video_views"),
        ("x", ["Post id", "Date", "Impressions", "Likes", "Reposts", "Shares"], "id day impressions reactions shares"),
    ],
)  # fmt: skip
def test_columns_are_guessed_by_their_names(network: str, headings: list[str], expected: str):
    assert guess(network, headings) == {field: place for place, field in enumerate(expected.split())}


def test_lines_above_the_heading_are_passed_over():
    rows = [["Content performance", ""], ["1 to 30 November"], ["Post title", "Impressions"], ["a", "1"]]

    assert heading_row("linkedin", rows) == 2
