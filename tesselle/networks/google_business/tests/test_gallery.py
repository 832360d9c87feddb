"""Photos and films of the gallery, which are posts without words."""

import pytest

from tesselle.domain.content import Content
from tesselle.domain.errors import RejectedError
from tesselle.domain.verdicts import Absent, Accepted, Doubtful, Present
from tesselle.networks.google_business.preview import facts
from tesselle.simulation.faults import Effect


def photo(stage, name="tiles.png", **options):
    return Content(media=(stage.image(name),), options={"format": "gallery", **options})


async def test_a_photo_goes_into_the_gallery_and_can_be_taken_down(stage):
    remote = await stage.publish(photo(stage, shows="TEAMS"))

    (made,) = await stage.public()
    assert "/media/" in remote.id and made.data["told"]["locationAssociation"] == {"category": "TEAMS"}
    assert isinstance(await stage.verify(remote), Present)
    call = await stage.prepared(stage.step(Content(), "delete", target=remote))
    assert isinstance(await stage.send(call), Accepted)
    assert isinstance(await stage.verify(remote), Absent)


def film(stage, **options):
    return Content(media=(stage.film(),), options={"format": "gallery", **options})


async def test_a_film_goes_into_the_gallery_and_is_found_after_a_doubt(stage):
    call = await stage.prepared(stage.step(film(stage)))
    stage.fault("create", Effect.ACCEPT_CUT)
    assert isinstance(await stage.send(call), Doubtful)

    (candidate,) = await stage.found(call)

    (made,) = await stage.public()
    assert candidate.certain and made.data["told"]["mediaFormat"] == "VIDEO"
    assert isinstance(await stage.verify(candidate.remote), Present)


async def test_the_cover_is_a_picture(stage):
    await stage.publish(photo(stage, shows="COVER"))

    (made,) = await stage.public()
    assert made.data["told"]["locationAssociation"] == {"category": "COVER"}
    with pytest.raises(RejectedError, match="cover of a profile is a picture"):
        await stage.prepared(stage.step(film(stage, shows="COVER")))


async def test_a_film_in_a_post_is_refused_before_anything_is_sent_and_the_gallery_named(stage):
    with pytest.raises(RejectedError, match="gallery"):
        await stage.prepared(stage.step(Content("Sol", media=(stage.film(),))))


async def test_what_it_shows_is_something_else_unless_it_is_said(stage):
    await stage.publish(photo(stage))

    (made,) = await stage.public()
    assert made.data["told"]["locationAssociation"] == {"category": "ADDITIONAL"}


async def test_a_photo_in_doubt_is_found_by_the_address_of_its_try(stage):
    await stage.publish(photo(stage, "other.png"))
    call = await stage.prepared(stage.step(photo(stage)))
    stage.fault("create", Effect.ACCEPT_CUT)
    assert isinstance(await stage.send(call), Doubtful)

    (candidate,) = await stage.found(call)

    assert candidate.certain and len(await stage.public()) == 2


async def test_one_that_never_arrived_is_not_found(stage):
    await stage.publish(photo(stage, "other.png"))
    call = await stage.prepared(stage.step(photo(stage)))

    assert await stage.found(call) == ()


async def test_photos_are_no_posts(stage):
    await stage.publish(photo(stage))

    assert await stage.plugin.connector.history(stage.api(), stage.clock.now.replace(year=2020)) == ()


@pytest.mark.parametrize("text", ["Nos carreaux", ""])
async def test_words_or_a_second_picture_are_refused_before_anything_is_sent(stage, text):
    files = (stage.image("a.png"),) if text else (stage.image("a.png"), stage.image("b.png"))
    content = Content(text=text, media=files, options={"format": "gallery"})

    with pytest.raises(RejectedError, match="without words" if text else "exactly one"):
        await stage.prepared(stage.step(content))


async def test_a_photo_has_no_words_to_change(stage):
    remote = await stage.publish(photo(stage))

    with pytest.raises(RejectedError, match="no words to change"):
        await stage.prepared(stage.step(Content(text="Mieux"), "edit", target=remote))


def test_its_preview_has_no_button():
    shown = facts(Content(link="https://a.example", options={"format": "gallery"}), "")

    assert shown["is_photo"] and shown["button"] == ""
