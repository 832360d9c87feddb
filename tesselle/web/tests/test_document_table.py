"""Tables of documents on a page: escaped, named for who hears them, with bars where there are any."""

from tesselle.documents.document import Table
from tesselle.web.document_table import drawn_table


def test_figures_stand_to_the_right_and_bars_behind_the_last():
    drawn = drawn_table(
        Table(("", "Vues"), (("<Atelier>", "12"), ("Salle", "–")), figures=True, bars=(0.5, 0.9))
    )

    assert (
        '<th scope="col"><span class="visually-hidden">#</span></th><th scope="col" class="number">Vues</th>'
        in drawn
    )
    assert (
        '<th scope="row">&lt;Atelier&gt;</th><td class="number" data-label="Vues">12<svg class="table-bar"'
        in drawn
    )
    assert '<rect width="50.0"' in drawn
    assert drawn.count("<svg") == 1  # what is missing has no bar
    assert "<caption>" not in drawn


def test_a_caption_names_the_table_and_the_place_one_scrolls_in():
    drawn = drawn_table(Table(("Jour", "Heure"), (("lundi", "<9>"),)), 'Le "plan"')

    assert 'role="region" aria-label="Le &quot;plan&quot;"' in drawn
    assert "<caption>Le &quot;plan&quot;</caption>" in drawn
    assert '<td data-label="Heure">&lt;9&gt;</td>' in drawn
