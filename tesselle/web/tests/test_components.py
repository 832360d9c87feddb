"""Fields, pages and times as a template draws them."""

import re
from datetime import UTC, datetime
from typing import Any

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import timezone
from django.utils.translation import override


class Connect(forms.Form):
    address = forms.URLField(label="Address", help_text="As you type it.", assume_scheme="https")
    note = forms.CharField(label="Note", required=False)


def draw(template: str, **context: Any) -> str:
    with override("en"):
        return Template("{% load components %}" + template).render(Context(context))


def test_help_and_error_are_tied_to_their_field():
    form = Connect({"address": "tiles"})

    drawn = draw("{% field form.address %}", form=form)

    described = re.findall(r'aria-describedby="([^"]+)"', drawn)[0].split()
    assert described == ["id_address_helptext", "id_address_error"]
    assert all(f'id="{name}"' in drawn for name in described)
    assert 'aria-invalid="true"' in drawn
    assert '<label class="field-label" for="id_address">' in drawn


def test_what_may_be_left_out_says_so():
    form = Connect()

    assert "(optional)" in draw("{% field form.note %}", form=form)
    assert "(optional)" not in draw("{% field form.address %}", form=form)


def test_a_state_is_told_by_icon_and_word():
    drawn = draw('{% state_badge "settling" "since 09:01" %}')

    assert "Being looked up" in drawn
    assert "#search" in drawn
    assert "since 09:01" in drawn


def test_an_undrawn_state_is_a_mistake_of_ours():
    with pytest.raises(KeyError):
        draw('{% state_badge "sleeping" %}')


def test_pages_keep_the_rest_of_the_address():
    request = RequestFactory().get("/posts/?state=live&page=2")

    drawn = draw("{% pagination page %}", request=request, page=Paginator(range(100), 10).page(2))

    assert 'href="?state=live&amp;page=3"' in drawn
    assert re.search(r'aria-current="page">2<', drawn)


def test_one_page_needs_no_pagination():
    drawn = draw("{% pagination page %}", request=RequestFactory().get("/"), page=Paginator([1], 10).page(1))

    assert drawn.strip() == ""


def test_a_time_is_told_in_the_pages_zone_and_carries_the_instant():
    with timezone.override("Europe/Zurich"):
        drawn = draw("{% local_time at %}", at=datetime(2026, 3, 2, 8, 0, tzinfo=UTC))

    assert 'datetime="2026-03-02T08:00:00+00:00"' in drawn
    assert "2 Mar 2026, 09:00" in drawn
    assert 'data-local-time="09:00"' in drawn


def test_an_icon_with_a_label_is_read_and_one_without_is_not():
    assert 'aria-label="Close &lt;it&gt;"' in draw('{% icon "close" label %}', label="Close <it>")
    assert 'aria-hidden="true"' in draw('{% icon "close" %}')


class Bring(forms.Form):
    table = forms.FileField(
        label="Table", help_text="CSV.", widget=forms.ClearableFileInput({"accept": ".csv"})
    )


def test_a_file_is_chosen_in_our_words_and_the_plain_field_is_there_for_whoever_has_no_script():
    drawn = draw("{% field form.table %}", form=Bring())

    assert '<div class="file-drop"><input type="file" name="table" accept=".csv" required' in drawn
    assert 'aria-describedby="id_table_helptext" id="id_table">' in drawn
    assert "Choose a file</span>" in drawn and 'aria-hidden="true">or drop it here<' in drawn
