import pytest
from hypothesis import given
from hypothesis import strategies as st

from tesselle.domain.differences import Piece, difference
from tesselle.domain.tests.limits import PIECES

texts = st.lists(st.sampled_from(PIECES), max_size=25).map("".join)


@given(texts, texts)
def test_both_texts_can_be_read_from_the_pieces(before: str, after: str) -> None:
    pieces = difference(before, after)

    assert "".join(piece.text for piece in pieces if piece.kind != "added") == before
    assert "".join(piece.text for piece in pieces if piece.kind != "removed") == after


@given(texts)
def test_a_text_does_not_differ_from_itself(text: str) -> None:
    assert all(piece.kind == "same" for piece in difference(text, text))


def test_one_changed_word_is_one_change() -> None:
    assert difference("Un sol en zellige bleu.", "Un sol en terrazzo bleu.") == (
        Piece("same", "Un sol en "),
        Piece("removed", "zellige"),
        Piece("added", "terrazzo"),
        Piece("same", " bleu."),
    )


def test_changed_words_in_a_row_are_one_change_and_not_one_a_word() -> None:
    changed = [
        piece for piece in difference("posé en huit jours", "fini en une semaine") if piece.kind != "same"
    ]

    assert changed[-2:] == [Piece("removed", "huit jours"), Piece("added", "une semaine")]


def test_an_accented_word_is_not_cut_in_two() -> None:
    assert Piece("removed", "carreléŕ") in difference("carreléŕ fin", "carrelé fin")


@pytest.mark.parametrize("size", [5000, 20000])
def test_a_very_long_text_is_compared_by_lines(size: int) -> None:
    before = "\n".join(f"ligne {number}" for number in range(size))
    after = before.replace("ligne 17\n", "ligne dix-sept\n")

    changed = [piece.text for piece in difference(before, after) if piece.kind != "same"]

    assert changed == ["ligne 17\n", "ligne dix-sept\n"]
