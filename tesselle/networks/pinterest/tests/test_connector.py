from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from tesselle.connectors.protocols import Window
from tesselle.connectors.tests.contract import content_for
from tesselle.domain.content import Content
from tesselle.domain.errors import NotSentError, RejectedError
from tesselle.domain.verdicts import (
    Absent,
    Accepted,
    Blocked,
    BlockReason,
    Doubtful,
    Refused,
    Remote,
    Seen,
    Silent,
)
from tesselle.networks.pinterest.connector import PinterestConnector
from tesselle.networks.pinterest.pins import joined_alts
from tesselle.networks.pinterest.sandbox.boards import Boards
from tesselle.simulation.faults import Effect


def pin(stage, text="Sol", **more: Any) -> Content:
    """A content on the first board, with a picture unless told otherwise."""
    options = {**stage.options, **more.pop("options", {})}
    return Content(text=text, media=more.pop("media", (stage.image(),)), options=options, **more)


# --- what goes out -----------------------------------------------------------------------------------


async def test_a_pin_has_its_words_its_link_and_its_place(stage):
    sections = await stage.plugin.connector.choices("section", stage.options, stage.api())
    content = pin(
        stage,
        "Grès cérame",
        title="Terrasse",
        link="https://carrelage.example/terrasse?a=1",
        options={"section": sections[1].value},
    )

    remote = await stage.publish(content)

    (post,) = await stage.public()
    assert remote.url == f"https://www.pinterest.com/pin/{post.id}/"
    assert (post.title, post.text, post.data["link"]) == ("Terrasse", "Grès cérame", content.link)
    assert post.data["alt_text"] == "Blue tiles"
    assert post.data["board_id"] == stage.options["board"]
    assert post.data["board_section_id"] == sections[1].value


async def test_several_pictures_become_a_carousel_with_one_alternative_text(stage):
    media = tuple(stage.image(f"{name}.png", alt=name) for name in ("Avant", "Pendant", "Après"))

    await stage.publish(pin(stage, media=media))

    (post,) = await stage.public()
    assert post.data["media"]["type"] == "multiple_images"
    assert len(post.media) == 3
    assert post.data["alt_text"] == "Avant\nPendant\nAprès"


def test_alternative_texts_that_no_longer_fit_are_left_out_whole(stage):
    media = tuple(stage.image(alt=sign * 240) for sign in "abc")

    assert joined_alts(media) == "a" * 240 + "\n" + "b" * 240
    assert joined_alts((stage.image(alt="a" * 500),)) == "a" * 500


async def test_a_film_goes_up_first_and_is_waited_for(stage, waited):
    await stage.publish(pin(stage, "Pose", media=(stage.film(),), options={"cover": "middle"}))

    (post,) = await stage.public()
    assert post.data["media"]["type"] == "video"
    assert waited == [2]


async def test_a_film_that_is_slow_is_tried_again_later(stage, waited, monkeypatch):
    monkeypatch.setattr("tesselle.networks.pinterest.sandbox.films.SLOW_LOOKS", 50)
    stage.network.flags.add("slow_processing")

    with pytest.raises(NotSentError, match="still working"):
        await stage.prepared(stage.step(pin(stage, media=(stage.film(),))))

    assert sum(waited) > 120


async def test_a_film_that_is_none_is_refused_before_anything_is_out(stage):
    film = stage.film()
    (stage.folder / film.asset).write_bytes(b"no film at all")

    with pytest.raises(RejectedError, match="cannot use this film"):
        await stage.prepared(stage.step(pin(stage, media=(film,))))


async def test_a_film_that_was_forgotten_goes_up_again_and_one_that_is_there_does_not(stage):
    call = await stage.prepared(stage.step(pin(stage, media=(stage.film(),))))
    kept = await stage.prepared(call)
    source = call.frozen["pin"]["media_source"]
    await stage.network.forget("films", source["media_id"])

    again = await stage.prepared(call)

    assert kept.frozen == call.frozen
    assert again.frozen["pin"]["media_source"]["media_id"] != source["media_id"]
    assert isinstance(await stage.send(again), Accepted)


async def test_every_attempt_sends_the_same_bytes_and_keeps_no_picture_in_the_ledger(stage):
    call = await stage.prepared(stage.step(pin(stage)))

    first, second = await stage.request_for(call), await stage.request_for(await stage.prepared(call))

    assert first.body == second.body
    assert "data" not in str(call.frozen["pin"])
    assert first.fresh_connection


async def test_a_picture_whose_file_went_elsewhere_is_fetched_anew(stage):
    call = await stage.prepared(stage.step(pin(stage)))
    gone = {**call.frozen, "files": [{**call.frozen["files"][0], "path": str(stage.folder / "gone.png")}]}

    again = await stage.prepared(replace(call, frozen=gone))

    assert again.frozen == call.frozen


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"options": {"board": ""}}, "board_missing"),
        ({"link": "https://a.example/" + "l" * 2048}, "link_too_long"),
    ],
)
async def test_what_pinterest_would_refuse_for_sure_is_not_sent(stage, change, code):
    with pytest.raises(RejectedError) as refused:
        await stage.prepared(stage.step(pin(stage, **change)))

    assert refused.value.reason == code


async def test_a_board_that_is_gone_is_named(stage):
    call = await stage.prepared(stage.step(pin(stage)))
    await stage.network.forget("boards", stage.options["board"])

    verdict = await stage.send(call)

    assert isinstance(verdict, Refused)
    assert verdict.code == "board_gone"


@pytest.mark.parametrize(
    ("flag", "reason"),
    [("trial_access", BlockReason.ADMISSION), ("takes_for_spam", BlockReason.PENALTY)],
)
async def test_what_the_pin_is_not_to_blame_for_blocks_and_refuses_nothing(stage, flag, reason):
    stage.network.flags.add(flag)

    verdict = await stage.send(await stage.prepared(stage.step(pin(stage))))

    assert isinstance(verdict, Blocked)
    assert verdict.reason == reason


async def test_deleting_twice_is_done_once_and_no_refusal(stage):
    remote = await stage.publish(pin(stage))
    call = await stage.prepared(stage.step(Content(), "delete", target=remote))

    assert await stage.found(call) == ()
    verdicts = [await stage.send(call), await stage.send(call)]

    assert verdicts == [Accepted(remote), Accepted(remote)]
    assert await stage.verify(remote) == Absent()
    assert (await stage.found(call))[0].certain


def test_edits_are_not_offered(stage):
    with pytest.raises(ValueError, match="edit"):
        stage.plugin.connector.steps("edit", Content(), stage.account)


# --- once ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "certain"),
    [({}, True), ({"link": "https://carrelage.example/"}, True), ({"media": "bare"}, False)],
)
async def test_a_pin_is_ours_for_sure_where_nobody_could_type_the_same(stage, change, certain):
    if change.get("media") == "bare":
        change = {"media": (stage.image(alt=""),)}
    call = await stage.prepared(stage.step(pin(stage, **change)))
    stage.fault("create", Effect.ACCEPT_CUT)
    assert isinstance(await stage.send(call), Doubtful)

    (candidate,) = await stage.found(call)

    assert candidate.certain == certain


async def test_an_address_that_pinterest_lengthened_is_still_ours(stage):
    call = await stage.prepared(stage.step(pin(stage, link="https://www.carrelage.example/a/?b=1")))
    await stage.send(call)
    (post,) = await stage.network.truth()
    longer = {**post.data, "link": "https://carrelage.example/a?utm_source=pinterest&b=1"}
    await stage.network.save_post(replace(post, data=longer))

    assert len(await stage.found(call)) == 1


@pytest.mark.parametrize(
    "other",
    [
        {"text": "Mur"},
        {"title": "Autre"},
        {"link": "https://carrelage.example/b"},
        {"link": "https://carrelage.example/a?b=2"},
        {"options": {"board": "second"}},
        {"media": "two"},
        {"media": "other words"},
    ],
)
async def test_another_pin_is_no_candidate(stage, other):
    base = {"title": "Sol", "link": "https://carrelage.example/a?b=1"}
    sent = await stage.prepared(stage.step(pin(stage, **base)))
    if other.get("options"):
        boards = await stage.plugin.connector.choices("board", {}, stage.api())
        other = {"options": {"board": boards[1].value}}
    if other.get("media"):
        words = {"two": (stage.image(), stage.image("b.png", alt="")), "other words": (stage.image(alt="?"),)}
        other = {"media": words[other["media"]]}
    await stage.publish(pin(stage, **{**base, **other}))

    assert await stage.found(sent) == ()


async def test_what_belongs_to_others_or_to_another_hour_is_no_candidate(stage):
    remote = await stage.publish(pin(stage))
    call = await stage.prepared(stage.step(pin(stage)))
    margin, now = timedelta(minutes=2), stage.clock.now
    windows = (
        Window(now - margin, now + margin, frozenset({remote.id})),
        Window(now + margin, now + 2 * margin),
        Window(now - 2 * margin, now - margin),
    )

    for window in windows:
        assert await stage.plugin.connector.look_up(call, stage.api(), window) == Seen()


async def test_what_was_saved_from_somebody_else_is_neither_ours_nor_past(stage):
    await stage.publish(pin(stage))
    (post,) = await stage.network.truth()
    await stage.network.save_post(replace(post, data={**post.data, "parent_pin_id": "99"}))
    call = await stage.prepared(stage.step(pin(stage)))

    assert await stage.found(call) == ()
    assert await stage.plugin.connector.history(stage.api(), stage.clock.now - timedelta(days=90)) == ()


async def test_a_look_up_reads_on_over_several_pages(stage):
    call = await stage.prepared(stage.step(pin(stage, "Premier")))
    stage.fault("create", Effect.ACCEPT_CUT)
    await stage.send(call)
    for number in range(60):
        await stage.publish(pin(stage, f"Sol {number}"))

    assert len(await stage.found(call)) == 1


@pytest.mark.parametrize(
    "effect", [Effect.THROTTLE, Effect.EXPIRED, Effect.FAIL_5XX, Effect.HANG, Effect.GARBAGE]
)
async def test_a_look_up_that_fails_says_nothing(stage, effect):
    call = await stage.prepared(stage.step(pin(stage)))
    stage.fault("list", effect, seconds=60)

    assert isinstance(await stage.look_up(call), Silent)


# --- lists, the past, the self-test --------------------------------------------------------------------


async def test_boards_and_the_sections_of_the_chosen_one_are_offered(stage):
    connector, api = stage.plugin.connector, stage.api()
    boards = await connector.choices("board", {}, api)

    async def sections(board: str) -> list[str]:
        return [one.label for one in await connector.choices("section", {"board": board}, api)]

    assert [one.label for one in boards] == ["Réalisations", "Idées de salles de bains"]
    assert await sections(boards[0].value) == ["Cuisines", "Terrasses"]
    assert await sections(boards[1].value) == []
    assert await sections("") == []


async def test_more_boards_than_a_page_holds_are_all_read(stage):
    account = await stage.network.account(stage.account.remote_id)
    for number in range(130):
        await Boards(stage.network).make(account, f"Chantier {number}", "SECRET")

    boards = await stage.plugin.connector.choices("board", {}, stage.api())

    assert len(boards) == 132
    assert boards[-1].help.startswith("Secret")


async def test_history_has_the_pins_of_the_time_with_their_words_and_figures(stage):
    await stage.publish(pin(stage, "Il y a longtemps"))
    stage.clock.forward(100 * 86_400)
    media = tuple(stage.image(f"{number}.png") for number in range(3))
    await stage.publish(pin(stage, "Grès", title="Terrasse", media=media))

    past = await stage.plugin.connector.history(stage.api(), stage.clock.now - timedelta(days=90))

    assert [(one.text, one.media_count) for one in past] == [("Terrasse\n\nGrès", 3)]
    assert past[0].posted_at == stage.clock.now
    assert past[0].figures["impressions"] == 0


async def test_the_self_test_sees_the_trial_area_and_an_account_without_boards(stage):
    checks = await stage.plugin.connector.self_checks(stage.api())
    assert [(one.subject, one.state) for one in checks] == [("admission", "unknown"), ("boards", "good")]

    for board in await stage.network.all_kept("boards"):
        await stage.network.forget("boards", board["id"])
    checks = await stage.plugin.connector.self_checks(stage.api())
    assert checks[1].state == "bad"

    trial = stage.api(replace(stage.account, server="https://api-sandbox.pinterest.com"))
    checks = await PinterestConnector().self_checks(trial)
    assert [one.state for one in checks] == ["attention", "unknown"]


async def test_an_unreadable_read_back_says_nothing(stage):
    remote = await stage.publish(content_for(stage, "Sol"))
    stage.fault("read", Effect.GARBAGE)

    assert isinstance(await stage.verify(remote), Silent)
    assert await stage.verify(Remote("813000000000009999")) == Absent()
