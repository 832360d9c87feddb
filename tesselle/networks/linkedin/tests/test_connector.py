import json

import pytest

from tesselle.domain.content import Content, Media
from tesselle.domain.errors import RejectedError
from tesselle.domain.verdicts import Absent, Accepted, Later, Present, Refused, Remote
from tesselle.networks.linkedin import limits

LINK = "https://carrelage.example/zellige"


async def the_post(stage):
    (post,) = await stage.public()
    return post


async def send(stage, content, kind, **more):
    return await stage.send(await stage.prepared(stage.step(content, kind, **more)))


# --- what a post carries -----------------------------------------------------------------------


async def test_words_go_out_as_they_were_typed(stage):
    text = "Prix (TTC) : 40 €/m² #zellige *mat* [1] a_b @ C# \\o/ 👍🏽"

    await stage.publish(Content(text=text))

    assert (await the_post(stage)).text == text


async def test_a_link_gets_the_card_that_is_written_for_it_with_its_picture(stage):
    options = {"link_title": "Zellige", "link_description": "Made by hand"}

    await stage.publish(Content(text="Tiles", link=LINK, media=(stage.image(),), options=options))

    article = (await the_post(stage)).data["content"]["article"]
    assert article.pop("thumbnail").startswith("urn:li:image:")
    assert article == {"source": LINK, "title": "Zellige", "description": "Made by hand"}


async def test_a_link_without_a_title_is_called_by_its_address(stage):
    await stage.publish(Content(text="Tiles", link=LINK))

    assert (await the_post(stage)).data["content"] == {"article": {"source": LINK, "title": LINK}}


async def test_one_picture_and_several_keep_their_words_and_order(stage):
    pictures = tuple(stage.image(f"{name}.png", alt=name) for name in ("one", "two", "three"))

    await stage.publish(Content(text="One", media=pictures[:1]))
    await stage.publish(Content(text="Three", media=pictures))

    one, three = await stage.public()
    assert one.data["content"]["media"]["altText"] == "one"
    assert [item["alt"] for item in three.media] == ["one", "two", "three"]


@pytest.mark.parametrize(
    ("text", "option", "title"),
    [
        ("Fiche de pose\n\nà lire", "", "Fiche de pose"),
        ("Fiche de pose", "Zellige", "Zellige"),
        ("", "", "Document"),
        ("mot " * 30, "", "mot " * 14 + "mot…"),
    ],
)
async def test_a_document_has_a_title(stage, text, option, title):
    await stage.publish(Content(text=text, media=(stage.document(),), options={"media_title": option}))

    post = await the_post(stage)
    assert post.data["content"]["media"]["title"] == title
    assert post.media[0]["mime"] == "document"


async def test_a_film_goes_up_in_pieces_that_are_named_in_order(stage, monkeypatch):
    monkeypatch.setattr(limits, "PART_BYTES", 10)
    film = stage.film()

    remote = await stage.publish(Content(text="Film", media=(film,)))

    file = await stage.network.kept("files", (await the_post(stage)).media[0]["urn"])
    assert remote.id.startswith("urn:li:ugcPost:")
    assert file["bytes"] == film.size_bytes
    assert len(file["parts"]) == 4


async def test_a_poll_goes_out(stage):
    options = {"poll": "Mat\nBrillant", "poll_question": "Quel fini ?", "poll_seconds": "86400"}

    await stage.publish(Content(text="Votez", options=options))

    assert (await the_post(stage)).data["poll"] == {
        "question": "Quel fini ?",
        "options": [{"text": "Mat"}, {"text": "Brillant"}],
        "settings": {"duration": "ONE_DAY"},
    }


async def test_reposting_can_be_forbidden(stage):
    await stage.publish(Content(text="Tiles", options={"no_reshares": "on"}))

    assert (await the_post(stage)).data["reshares"] is False


async def test_a_page_posts_to_everybody_whatever_an_option_says(stage):
    await stage.publish(Content(text="Tiles", options={"visibility": "CONNECTIONS"}))

    assert (await the_post(stage)).data["visibility"] == "PUBLIC"


# --- files ---------------------------------------------------------------------------------------


async def test_a_file_is_waited_for(stage, waited):
    stage.network.flags.add("slow_processing")

    await stage.publish(Content(text="Tiles", media=(stage.image(),)))

    assert waited == [1, 2, 3]


async def test_a_file_that_linkedin_cannot_use_is_a_refusal_with_its_reason(stage):
    (stage.folder / "empty.png").write_bytes(b"")
    empty = Media("image", "image/png", 0, 2, 2, alt="Nothing", asset="empty.png")

    with pytest.raises(RejectedError, match="too large or of no known kind"):
        await stage.prepared(stage.step(Content(text="Tiles", media=(empty,))))


async def test_what_was_prepared_is_sent_again_as_it_is(stage):
    call = await stage.prepared(stage.step(Content(text="Tiles", media=(stage.image(),))))

    again = await stage.prepared(call)

    assert again.frozen == call.frozen


async def test_nothing_secret_is_frozen(stage):
    call = await stage.prepared(stage.step(Content(text="Tiles", media=(stage.image(),))))

    assert stage.opened.answers["access_token"] not in json.dumps(call.frozen)


# --- comments --------------------------------------------------------------------------------------


async def test_the_first_comment_lies_below_the_post_and_is_not_escaped(stage):
    content = Content(text="Tiles", options={"first_comment": "Prix (TTC)"})
    post = await stage.publish(content)

    verdict = await send(stage, content, "comment", position=1, earlier=(post,))

    comment = (await stage.public())[-1]
    assert isinstance(verdict, Accepted)
    assert (comment.text, comment.parent_id) == ("Prix (TTC)", post.id)
    assert isinstance(await stage.verify(verdict.remote), Present)


async def said_below(stage, post, text, number=1, parent=""):
    """Somebody else's comment."""
    urn = f"urn:li:comment:(urn:li:activity:{post.id.rpartition(':')[2]},{number})"
    comment = stage.network.new_post(urn, "urn:li:person:other", text, parent_id=parent or post.id)
    await stage.network.add_post(comment)
    return urn


async def test_comments_and_their_answers_are_read_without_names(stage):
    post = await stage.publish(Content(text="Tiles"))
    urn = await said_below(stage, post, "How much?")
    (question,) = await stage.plugin.connector.replies(post, stage.api())

    await send(stage, Content(text="40 (TTC)"), "answer", target=question.remote)

    first, second = await stage.plugin.connector.replies(post, stage.api())
    assert (first.text, first.author, first.mine, first.parent_id) == ("How much?", "", False, "")
    assert (second.text, second.author, second.mine) == ("40 (TTC)", "Carrelage Dubois", True)
    assert second.parent_id == urn == first.remote.id


async def test_who_answers_an_answer_answers_the_comment_above_it(stage):
    post = await stage.publish(Content(text="Tiles"))
    above = await said_below(stage, post, "How much?")
    await said_below(stage, post, "I would like to know as well", 2, parent=above)
    _question, echo = await stage.plugin.connector.replies(post, stage.api())

    verdict = await send(stage, Content(text="40"), "answer", target=echo.remote)

    assert isinstance(verdict, Accepted)
    assert (await stage.public())[-1].parent_id == above


async def test_more_comments_than_a_page_holds_are_all_read(stage):
    post = await stage.publish(Content(text="Tiles"))
    for number in range(1, 121):
        await said_below(stage, post, f"No. {number}", number)

    replies = await stage.plugin.connector.replies(post, stage.api())

    assert len({one.remote.id for one in replies}) == 120


async def test_a_comment_is_too_long_by_its_own_limit(stage):
    post = await stage.publish(Content(text="Tiles"))

    fits = await send(stage, Content(text="é" * 1_250), "answer", target=post)
    verdict = await send(stage, Content(text="é" * 1_251), "answer", target=post)

    assert isinstance(fits, Accepted)
    assert isinstance(verdict, Refused)
    assert verdict.code == "text_too_long"


async def test_a_comment_of_ours_is_deleted_and_then_absent(stage):
    post = await stage.publish(Content(text="Tiles"))
    said = await send(stage, Content(text="40"), "answer", target=post)

    verdict = await send(stage, Content(), "delete", target=said.remote)

    assert isinstance(verdict, Accepted)
    assert isinstance(await stage.verify(said.remote), Absent)


# --- edit, delete, past ------------------------------------------------------------------------------


async def test_an_edit_changes_the_words_and_keeps_the_files(stage):
    post = await stage.publish(Content(text="Tiles", media=(stage.image(),)))

    verdict = await send(stage, Content(text="Better (tiles)"), "edit", target=post)

    changed = await the_post(stage)
    assert isinstance(verdict, Accepted)
    assert (changed.text, len(changed.media)) == ("Better (tiles)", 1)


async def test_to_delete_twice_does_no_harm(stage):
    post = await stage.publish(Content(text="Tiles"))

    for _ in range(2):
        assert isinstance(await send(stage, Content(), "delete", target=post), Accepted)

    assert isinstance(await stage.verify(post), Absent)


async def test_an_edit_of_what_is_gone_is_refused(stage):
    post = await stage.publish(Content(text="Tiles"))
    await stage.network.remove_post(post.id)

    verdict = await send(stage, Content(text="Better tiles"), "edit", target=post)

    assert isinstance(verdict, Refused)
    assert verdict.code == "not_found"


async def test_history_is_the_posts_of_the_page_as_they_were_typed(stage):
    for number in range(60):
        await stage.publish(Content(text=f"Tiles ({number})", media=(stage.image(),) if number == 0 else ()))
    post = await stage.publish(Content(text="With a comment"))
    await send(stage, Content(text="40"), "answer", target=post)
    start = stage.clock.now
    stage.clock.forward(60)

    past = await stage.plugin.connector.history(stage.api(), start)

    assert len(past) == 61
    assert (past[-1].text, past[-1].media_count) == ("Tiles (0)", 1)
    assert past[0].remote == Remote(post.id, post.url)


async def test_a_retired_version_is_told_to_whoever_runs_this(stage):
    call = await stage.prepared(stage.step(Content(text="Tiles")))
    stage.network.flags.add("sunset")

    verdict = await stage.send(call)

    assert "TESSELLE_LINKEDIN_VERSION" in str(verdict.message)


async def test_with_something_to_renew_a_dead_token_is_renewed(stage_for):
    stage = await stage_for()
    stage.account.credentials["refresh_token"] = "r"
    call = await stage.prepared(stage.step(Content(text="Tiles")))
    await stage.network.forget("tokens", stage.opened.answers["access_token"])

    verdict = await stage.send(call)

    assert isinstance(verdict, Later)
    assert verdict.renew_session
