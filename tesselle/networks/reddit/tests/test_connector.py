from dataclasses import replace

import pytest

from tesselle.connectors.protocols import Window
from tesselle.connectors.tests.contract import content_for
from tesselle.domain.content import FIRST_COMMENT, FORMAT, Content
from tesselle.domain.errors import NotSentError, RejectedError
from tesselle.domain.verdicts import (
    Absent,
    Accepted,
    Doubtful,
    Duplicate,
    Later,
    Present,
    Refused,
    Seen,
    StillProcessing,
)
from tesselle.networks.reddit.options import FLAIR, REPEAT_LINK, VIDEO
from tesselle.networks.reddit.remotes import is_pending
from tesselle.simulation.faults import Effect


def said(stage, **more):
    options = {**stage.options, **more.pop("options", {})}
    return Content(title="Carreaux bleus", options=options, **more)


async def sent(stage, content, kind="", **more):
    return await stage.send(await stage.prepared(stage.step(content, kind, **more)))


async def post_as_stranger(stage, text, parent, name="t1_zz1"):
    opened = await stage.plugin.sandbox.open_account(stage.network, "https://reddit.example", "bob", "Bob")
    comment = stage.network.new_post(name, opened.id, text, parent_id=parent, data={"link": parent})
    await stage.network.add_post(comment)


async def test_text_goes_out_with_its_marks_and_can_be_read_back(stage):
    content = said(stage, text="*Posés* hier & <lissés>", options={"spoiler": "1", "nsfw": "1"})

    remote = await stage.publish(content)

    (post,) = await stage.public()
    assert (post.title, post.text) == ("Carreaux bleus", "*Posés* hier & <lissés>")
    assert post.data["spoiler"] and post.data["nsfw"]
    assert remote.url.startswith("https://www.reddit.com/r/u_carrelage/comments/")
    assert isinstance(await stage.verify(remote), Present)


async def test_a_link_is_posted_once_in_a_community_unless_one_insists(stage):
    link = said(stage, link="https://carrelage.example/")
    await stage.publish(link)

    again = await sent(stage, link)
    insisted = await sent(stage, replace(link, options={**link.options, REPEAT_LINK: "1"}))

    assert isinstance(again, Duplicate)
    assert isinstance(insisted, Accepted)
    assert len(await stage.public()) == 2


@pytest.mark.parametrize("what", ["picture", "film", "film with a cover"])
async def test_pictures_and_films_are_accepted_without_a_number_and_found_later(stage, what):
    media = {
        "picture": (stage.image(),),
        "film": (stage.film(),),
        "film with a cover": (stage.film(), stage.image()),
    }[what]
    options = {FORMAT: VIDEO} if "film" in what else {}

    accepted = await sent(stage, said(stage, media=media, options=options))

    assert isinstance(accepted, Accepted) and is_pending(accepted.remote) and not accepted.visible
    assert isinstance(await stage.verify(accepted.remote), StillProcessing)
    stage.clock.forward(60)
    presence = await stage.verify(accepted.remote)
    assert isinstance(presence, Present)
    (post,) = await stage.public()
    assert presence.remote.id == post.id


async def test_a_gallery_keeps_its_order_and_is_known_by_its_files(stage):
    pictures = tuple(stage.image(f"{number}.png") for number in range(3))
    call = await stage.prepared(stage.step(said(stage, media=pictures)))
    stage.fault("create", Effect.ACCEPT_CUT)

    await stage.exchange(call)

    (candidate,) = await stage.found(call)
    (post,) = await stage.public()
    assert candidate.certain and candidate.remote.id == post.id
    assert post.data["assets"] == call.frozen["assets"]


async def test_a_title_alone_could_be_somebodys_own(stage):
    call = await stage.prepared(stage.step(said(stage)))
    stage.fault("create", Effect.ACCEPT_CUT)
    await stage.exchange(call)

    (candidate,) = await stage.found(call)

    assert not candidate.certain


async def test_a_look_up_passes_over_what_is_older_elsewhere_or_adopted(stage):
    old = await stage.publish(said(stage, text="Sol"))
    await stage.publish(said(stage, text="Sol", options={"community": "carrelage"}))
    stage.clock.forward(3_600)
    call = await stage.prepared(stage.step(said(stage, text="Sol")))

    assert await stage.found(call) == ()
    wide = Window(call.instant.replace(year=2020), stage.clock.now, frozenset({old.id}))
    sighting = await stage.plugin.connector.look_up(call, stage.api(), wide)
    assert sighting == Seen()


@pytest.mark.parametrize(
    ("community", "title", "code"),
    [
        ("belleslectures", "Un titre assez long", "no_texts"),
        ("suisseromande", "Court", "title_length"),
        ("suisseromande", "Carrelage gratuit pour tous", "title_barred"),
        ("suisseromande", "Carrelage en Suisse romande", "flair_missing"),
    ],
)
async def test_what_a_community_does_not_take_is_said_before_anything_is_sent(stage, community, title, code):
    content = Content(title=title, options={"community": community})

    with pytest.raises(RejectedError) as refused:
        await stage.prepared(stage.step(content))

    assert refused.value.reason == code
    assert await stage.public() == []


async def test_a_rule_made_meanwhile_refuses_the_post_for_sure(stage):
    content = Content(title="Un titre", options={"community": "carrelage"})
    call = await stage.prepared(stage.step(content))
    row = await stage.network.kept("communities", "carrelage")
    await stage.network.keep("communities", "carrelage", {**row, "requirements": {"is_flair_required": True}})

    assert isinstance(await stage.send(call), Refused)


async def test_communities_come_with_their_rules_and_flairs(stage):
    connector, api = stage.plugin.connector, stage.api()

    profile, *communities = await connector.choices("community", {}, api)
    flairs = await connector.choices(FLAIR, {"community": "carrelage"}, api)

    assert (profile.value, profile.label) == ("u_carrelage", "u/carrelage")
    assert "Restez courtois" in next(one.help for one in communities if one.value == "carrelage")
    assert [one.label for one in flairs] == ["Chantier", "Question", "Conseil"]
    assert await connector.choices(FLAIR, {"community": "u_carrelage"}, api) == ()


async def test_a_flair_of_the_list_goes_along(stage):
    flairs = await stage.plugin.connector.choices(FLAIR, {"community": "carrelage"}, stage.api())

    await stage.publish(said(stage, options={"community": "carrelage", FLAIR: flairs[1].value}))

    assert (await stage.public())[0].data["flair"] == "Question"


async def test_a_new_account_waits_as_long_as_the_words_say(stage):
    stage.network.flags.add("new_account")

    verdict = await sent(stage, said(stage))

    assert isinstance(verdict, Later)
    assert (verdict.until - stage.clock.now).total_seconds() == 540


async def test_a_first_comment_waits_for_the_post_to_be_listed(stage):
    content = said(stage, media=(stage.image(),), options={FIRST_COMMENT: "Plus de photos demain"})
    post = await sent(stage, content)
    step = stage.step(content, "comment", position=1, earlier=(post.remote,))

    with pytest.raises(NotSentError):
        await stage.prepared(step)
    stage.clock.forward(60)
    comment = await stage.send(await stage.prepared(step))

    assert isinstance(comment, Accepted)
    kept = await stage.network.stored_post(comment.remote.id)
    assert kept.text == "Plus de photos demain" and kept.parent_id.startswith("t3_")


async def test_comments_are_read_to_the_last_and_what_was_deleted_is_left_out(stage):
    remote = await stage.publish(said(stage))
    for number in range(4):
        await post_as_stranger(stage, f"Combien ? {number}", remote.id, f"t1_zz{number}")
    await post_as_stranger(stage, "Et la colle ?", "t1_zz0", "t1_zz9")
    await stage.network.remove_post("t1_zz2")
    stage.network.flags.add("short_tree")

    replies = await stage.plugin.connector.replies(remote, stage.api())

    assert {one.text for one in replies} >= {"Combien ? 0", "Combien ? 1", "Combien ? 3"}
    assert "Combien ? 2" not in {one.text for one in replies}
    assert {one.author for one in replies} == {"u/bob"}


async def test_an_answer_stands_below_the_comment_and_doubt_about_it_is_a_persons(stage):
    remote = await stage.publish(said(stage))
    await post_as_stranger(stage, "Combien ?", remote.id)
    (reply,) = await stage.plugin.connector.replies(remote, stage.api())
    call = await stage.prepared(stage.step(Content(text="Cent francs."), "answer", target=reply.remote))
    stage.fault("create", Effect.ACCEPT_CUT)

    await stage.exchange(call)

    (candidate,) = await stage.found(call)
    assert not candidate.certain
    replies = await stage.plugin.connector.replies(remote, stage.api())
    assert [(one.text, one.parent_id) for one in replies if one.mine] == [("Cent francs.", "t1_zz1")]


async def test_the_words_of_a_text_post_can_be_changed_and_nothing_else(stage):
    text, link = said(stage, text="Sol"), said(stage, link="https://carrelage.example/")
    posted, linked = await stage.publish(text), await stage.publish(link)

    changed = await sent(stage, replace(text, text="Sol et mur"), "edit", target=posted)

    assert isinstance(changed, Accepted)
    assert (await stage.network.stored_post(posted.id)).text == "Sol et mur"
    for target, content in ((posted, replace(text, title="Autre")), (linked, link)):
        with pytest.raises(RejectedError):
            await stage.prepared(stage.step(content, "edit", target=target))


async def test_a_deletion_is_read_back_since_its_answer_says_nothing(stage):
    remote = await stage.publish(said(stage))

    verdict = await sent(stage, Content(), "delete", target=remote)

    assert isinstance(verdict, Accepted)
    assert isinstance(await stage.verify(remote), Absent)


async def test_what_moderators_removed_is_still_there(stage):
    remote = await stage.publish(said(stage))
    post = await stage.network.stored_post(remote.id)
    await stage.network.save_post(replace(post, data={**post.data, "removed_by": "automod_filtered"}))

    assert isinstance(await stage.verify(remote), Present)


async def test_the_past_is_read_newest_first_back_to_an_instant(stage):
    await stage.publish(content_for(stage, "Vieux"))
    stage.clock.forward(86_400)
    since = stage.clock.now
    stage.clock.forward(60)
    await stage.publish(said(stage, text="Neuf & beau"))

    (past,) = await stage.plugin.connector.history(stage.api(), since)

    assert past.text == "Carreaux bleus\n\nNeuf & beau"


async def test_the_self_test_names_what_is_wanting(stage):
    stage.network.flags.add("mail_unconfirmed")

    standing, communities = await stage.plugin.connector.self_checks(stage.api())

    assert (standing.state, communities.state) == ("attention", "good")


async def test_an_empty_answer_to_a_post_is_doubt(stage):
    call = await stage.prepared(stage.step(said(stage)))
    stage.fault("create", Effect.GARBAGE)

    assert isinstance(await stage.send(call), Doubtful)
