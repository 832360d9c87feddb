from hypothesis import given
from hypothesis import strategies as st

from tesselle.domain.tests.limits import PIECES
from tesselle.domain.text.shown import FINDERS, TextPiece, shown

texts = st.lists(st.sampled_from(PIECES), max_size=20).map("".join)
finders = st.lists(st.sampled_from(sorted(FINDERS)), unique=True).map(tuple)


@given(texts, finders)
def test_no_sign_is_lost_or_doubled(text: str, wanted: tuple[str, ...]) -> None:
    assert "".join(piece.text for piece in shown(text, wanted)) == text


def test_what_can_be_pressed_is_told_apart() -> None:
    assert shown("Voir carreaux.example #sol", ("links", "hashtags"))[0] == TextPiece(
        "text", "Voir carreaux.example "
    )
    assert shown("Voir https://carreaux.com #sol", ("links", "hashtags")) == [
        TextPiece("text", "Voir "),
        TextPiece("link", "https://carreaux.com"),
        TextPiece("text", " "),
        TextPiece("hashtag", "#sol"),
    ]


def test_the_fediverse_shortens_addresses_and_names() -> None:
    text = "@alice@example.social https://www.carreaux.com/une/page/dont/l-adresse/est/longue"

    pieces = shown(text, ("urls", "remote"), url_signs=30, short_names=True)

    assert pieces[0] == TextPiece("mention", "@alice")
    assert pieces[-1] == TextPiece("link", "carreaux.com/une/page/dont/l-a…")


def test_a_name_in_an_address_is_no_mention() -> None:
    pieces = shown("https://example.com/@atelier", ("links", "names"))

    assert [piece.kind for piece in pieces] == ["link"]
