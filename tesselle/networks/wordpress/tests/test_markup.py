"""Plain words to blocks and back."""

import pytest

from tesselle.connectors.dialects.articles import fingerprint, plain, readable, title_of
from tesselle.networks.wordpress.markup import Placed, body

MUR = Placed(7, "https://tiles.example/mur.jpg", 'Mur "bleu"', "image")
SOL = Placed(8, "https://tiles.example/sol.jpg", "Sol", "image")
FILM = Placed(9, "https://tiles.example/pose.mp4", "", "video")


def test_paragraphs_and_lines_are_kept():
    assert body("Un\nDeux\n\nTrois", "", (), "featured") == (
        "<!-- wp:paragraph -->\n<p>Un<br>Deux</p>\n<!-- /wp:paragraph -->\n\n"
        "<!-- wp:paragraph -->\n<p>Trois</p>\n<!-- /wp:paragraph -->"
    )


def test_nothing_typed_is_read_as_html_block_or_shortcode():
    written = body("<script>x</script> <!-- wp:html --> [gallery]", "", (), "featured")

    assert "<script" not in written and "<!-- wp:html" not in written and "[gallery" not in written
    assert plain(written) == "<script>x</script> <!-- wp:html --> [gallery]"


@pytest.mark.parametrize(("picture", "shown"), [("featured", 0), ("body", 1), ("both", 1)])
def test_a_single_picture_goes_where_it_is_wanted(picture: str, shown: int):
    assert body("Un", "", (MUR,), picture).count("<img ") == shown


def test_several_pictures_and_a_film_are_blocks_with_escaped_alternative_text():
    written = body("Un", "", (MUR, SOL, FILM), "featured")

    assert written.count("<!-- wp:image") == 2 and '{"linkTo":"none"}' in written
    assert 'alt="Mur &quot;bleu&quot;"' in written
    assert '<video controls src="https://tiles.example/pose.mp4">' in written


@pytest.mark.parametrize(
    ("title", "text", "expected"),
    [
        ("Pose", "Bonjour. Suite.", "Pose"),
        ("", "\nBonjour à tous. Suite.", "Bonjour à tous"),
        ("", "Prêts ? Oui.", "Prêts ?"),
        ("", "mot " * 30, ("mot " * 15).strip() + "…"),
        ("", "", ""),
    ],
)
def test_a_title_is_given_or_taken_from_the_first_sentence(title: str, text: str, expected: str):
    found = title_of(title, text)

    assert found == expected or (len(found) <= 61 and found.endswith("…") and expected.endswith("…"))


def test_an_address_is_readable_and_plain():
    assert readable("L'Été à Genève : 3 idées 😀") == "l-ete-a-geneve-3-idees"
    assert readable("😀") == "post"
    assert len(readable("mosaïque " * 20)) <= 40


def test_a_fingerprint_overlooks_what_the_site_makes_typographic():
    assert fingerprint('L\'été - "oui"') == fingerprint("<p>L&#8217;été – « oui »</p>")
    assert fingerprint("Un 😀") != fingerprint("Un 😢")
