"""Every button's change can be undone and done again; the words come back as they were."""

import json
import re
from html import unescape

import pytest
from django.http import QueryDict
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from tesselle.channels.models import Channel
from tesselle.compose.draft import Draft, Words
from tesselle.compose.kept import draft_from_json, draft_to_json
from tesselle.compose.tests.forms import channel_in, form
from tesselle.compose.undoing import MOST_STEPS, History, read_history
from tesselle.library.services import add_upload
from tesselle.library.tests.pictures import picture, upload
from tesselle.workspaces.models import User, Workspace

LONG = "Un mot. " * 60
numbers = st.integers(1, 99)
signs = st.sampled_from(["", "Zellige", "é\u0301👩‍👩‍👧", '"\\\n{}', "<b>"])
words = st.builds(
    Words,
    title=signs,
    text=signs,
    parts=st.lists(signs, max_size=3).map(tuple),
    link=signs,
    media=st.lists(numbers, max_size=3, unique=True).map(tuple),
)
drafts = st.builds(
    Draft,
    shared=words,
    chosen=st.lists(numbers, max_size=3, unique=True).map(tuple),
    tailored=st.dictionaries(numbers, words, max_size=2),
    options=st.dictionaries(numbers, st.dictionaries(signs, signs, max_size=2), max_size=2),
    alts=st.dictionaries(numbers, signs, max_size=2),
    based_on=st.integers(1, 99),
)


@pytest.fixture
def short(workspace: Workspace) -> Channel:
    """Takes 300 signs."""
    return channel_in(workspace)


def history_of(page: str) -> str:
    return unescape(re.search(r'name="history" value="([^"]*)"', page)[1])


@given(drafts)
def test_a_draft_survives_being_kept(draft: Draft) -> None:
    assert draft_from_json(json.loads(json.dumps(draft_to_json(draft)))) == draft


@given(st.lists(st.text(max_size=6).map(lambda text: Draft(Words(text=text))), min_size=2, max_size=8))
def test_undoing_all_and_doing_all_again_ends_where_it_began(steps: list[Draft]) -> None:
    history, now = History(), steps[0]
    for after in steps[1:]:
        history, now = history.done("x", now), after
    last = now
    for _ in steps[1:]:
        now, history = history.undo(now)
    assert (now.shared, now.tailored) == (steps[0].shared, steps[0].tailored)
    for _ in steps[1:]:
        now, history = history.redo(now)
    assert (now.shared, now.tailored) == (last.shared, last.tailored)


@given(drafts, drafts)
def test_the_form_carries_the_history_whole(one: Draft, other: Draft) -> None:
    history = History().done("Raccourci", one).done("Découpé", other)
    data = QueryDict(mutable=True)
    data["history"] = history.to_text()

    assert read_history(data) == history


def test_a_very_long_text_lets_go_of_the_oldest_steps_and_never_breaks_the_form() -> None:
    history = History()
    for number in range(MOST_STEPS):
        history = history.done(str(number), Draft(Words(text="a" * 90_000)))

    kept = json.loads(history.to_text())

    assert [step["what"] for step in kept["past"]] == ["7", "8", "9"]


@pytest.mark.parametrize(
    "nonsense", ["", "{", "[]", '{"past": 3}', '{"past": [{"draft": {"chosen": ["x"]}}, 7]}']
)
def test_nonsense_is_no_history(nonsense: str) -> None:
    data = QueryDict(mutable=True)
    data["history"] = nonsense

    assert read_history(data).future == ()


def test_a_repair_is_undone_word_for_word(as_alice: Client, short: Channel):
    act = f"repair:{short.pk}:shorten:text"
    page = as_alice.post("/posts/new", form(short, text=LONG, do=act)).content.decode()
    assert f'name="c{short.pk}-tailored"' in page and 'value="undo"' in page

    undone = as_alice.post(
        "/posts/new",
        form(short, text=LONG, do="undo", history=history_of(page))
        | {f"c{short.pk}-tailored": "1", f"c{short.pk}-text": "Un mot…"},
    ).content.decode()

    assert f'name="c{short.pk}-tailored"' not in undone
    assert LONG in undone and 'value="redo"' in undone and 'value="undo"' not in undone


def test_what_was_undone_can_be_done_again(as_alice: Client, short: Channel):
    act = f"repair:{short.pk}:split_thread:text"
    page = as_alice.post("/posts/new", form(short, text=LONG, do=act)).content.decode()
    undone = as_alice.post(
        "/posts/new",
        form(short, text=LONG, do="undo", history=history_of(page)) | {f"c{short.pk}-tailored": "1"},
    ).content.decode()

    again = as_alice.post("/posts/new", form(short, text=LONG, do="redo", history=history_of(undone)))

    assert f'name="c{short.pk}-tailored"' in again.content.decode()


def test_an_undo_brings_words_back_but_not_an_older_revision(as_alice: Client, short: Channel):
    act = f"repair:{short.pk}:shorten:text"
    page = as_alice.post("/posts/new", form(short, text=LONG, do=act)).content.decode()

    undone = as_alice.post("/posts/new", form(short, do="undo", revision="5", history=history_of(page)))

    assert 'name="revision" value="5"' in undone.content.decode()


def test_looking_at_channels_is_no_step(as_alice: Client, short: Channel):
    page = as_alice.post("/posts/new", form(short, do="refresh")).content.decode()

    assert 'name="history"' not in page


def test_the_parts_of_a_thread_change_their_order_and_it_is_undone(as_alice: Client, short: Channel):
    words = {**form(short, text="Un"), "shared-part": ["Deux", "Trois"]}

    def texts(page: str) -> list[str]:
        return re.findall(r'<textarea id="shared-text-.*?>\n(.*?)</textarea>', page)

    page = as_alice.post("/posts/new", {**words, "do": "move_part:shared:2-0"}).content.decode()
    assert texts(page) == ["Trois", "Un", "Deux"] and 'value="undo"' in page
    for nonsense in ("9-0", "0-9", "x", "1"):
        page = as_alice.post("/posts/new", {**words, "do": f"move_part:shared:{nonsense}"}).content.decode()
        assert texts(page) == ["Un", "Deux", "Trois"]


def test_pictures_change_their_order_for_all_and_for_one_channel_and_it_is_undone(
    as_alice: Client, short: Channel, workspace: Workspace, alice: User
):
    one, two, three = (
        add_upload(workspace=workspace, file=upload(picture(shade=shade), name), by=alice).pk
        for name, shade in (("un.jpg", 20), ("deux.jpg", 120), ("trois.jpg", 220))
    )
    own = f"c{short.pk}"
    words = {**form(short, **{"shared-media": [one, two, three]}), f"{own}-tailored": "1"}
    words |= {f"{own}-text": "À part", f"{own}-media": [one, two, three]}

    def shown(page: str, owner: str) -> list[int]:
        return [int(pk) for pk in re.findall(rf'name="{owner}-media" value="(\d+)"', page)]

    page = as_alice.post("/posts/new", {**words, "do": "move_media:shared:2-0"}).content.decode()
    assert shown(page, "shared") == [three, one, two] and shown(page, own) == [one, two, three]
    assert "move_media:shared:1-0" in page and "move_media:shared:0-1" in page
    assert "move_media:shared:2-3" not in page, "the last one goes no further"
    back = as_alice.post(
        "/posts/new",
        {**words, "shared-media": [three, one, two], "do": "undo", "history": history_of(page)},
    )
    assert shown(back.content.decode(), "shared") == [one, two, three]

    page = as_alice.post("/posts/new", {**words, "do": f"move_media:{short.pk}:1-0"}).content.decode()
    assert shown(page, own) == [two, one, three] and shown(page, "shared") == [one, two, three]
    for nonsense in ("9-0", "0-9", "x"):
        page = as_alice.post("/posts/new", {**words, "do": f"move_media:shared:{nonsense}"}).content.decode()
        assert shown(page, "shared") == [one, two, three]
