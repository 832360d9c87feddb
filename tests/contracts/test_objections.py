"""What a network would refuse of a post's choices is told before it is planned, not at its hour."""

import pytest

from tesselle.connectors.objections import with_objections
from tesselle.domain.content import Content, Media
from tesselle.domain.findings import Finding
from tesselle.domain.messages import Message
from tesselle.networks import plugin
from tesselle.ops.commands.networks import plain_account

FILM = Media("video", "video/mp4", 9, 1080, 1920)
PICTURE = Media("image", "image/jpeg", 9, 1080, 1350)
REEL, DAYS = {"format": "reel"}, {"start_date": "2026-12-01", "end_date": "2026-12-02"}
HOURS = {"start_time": "09:00", "end_time": "18:00"}
EVENT = {"format": "event", **DAYS, **HOURS}
LEARN = {"made_for_kids": "no", "privacy": "public"}


@pytest.mark.parametrize(
    ("network", "content", "code"),
    [
        ("instagram", Content(media=(FILM,), options=REEL), ""),
        (
            "instagram",
            Content(media=(FILM,), options={**REEL, "location": "106088856", "collaborators": "a,b,c"}),
            "",
        ),
        (
            "instagram",
            Content(media=(FILM,), options={**REEL, "collaborators": "a,b,c,d"}),
            "too_many_collaborators",
        ),
        ("instagram", Content(media=(FILM,), options={**REEL, "cover_second": "soon"}), "cover_second"),
        ("instagram", Content(media=(PICTURE,), options={"location": "Genève"}), "no_place"),
        (
            "instagram",
            Content(media=(PICTURE, PICTURE), options={"format": "story", "location": "Genève"}),
            "one_file",
        ),
        ("facebook", Content("Tiles", media=(PICTURE, PICTURE)), ""),
        ("facebook", Content(media=(PICTURE, PICTURE), options={"format": "story"}), "one_file"),
        ("google_business", Content("Tiles", title="Open day", options=EVENT), ""),
        ("google_business", Content("Tiles", title="Open day", options={"format": "event"}), "days_missing"),
        (
            "google_business",
            Content("Tiles", title="Open day", options={**EVENT, "end_date": "2026-11-30"}),
            "ends_before_it_begins",
        ),
        (
            "google_business",
            Content("Tiles", link="https://a.example", options={"action": "CALL"}),
            "call_with_link",
        ),
        ("youtube", Content("Tiles", title="Tiles", media=(FILM,), options=LEARN), ""),
        (
            "youtube",
            Content(
                "Tiles",
                title="Tiles",
                media=(FILM,),
                options={**LEARN, "made_for_kids": "yes", "first_comment": "Hello"},
            ),
            "comments_off",
        ),
        ("tiktok", Content("Tiles", media=(FILM,), options={"cover_second": "soon"}), "cover_second"),
        ("threads", Content("Tiles", options={"topic": "a.b"}), "topic"),
        ("pinterest", Content(media=(PICTURE,), link="https://a.example/" + "a" * 2031), "link_too_long"),
        ("reddit", Content(title="Tiles", media=(FILM, PICTURE)), ""),
        ("reddit", Content(title="Tiles", media=(FILM, PICTURE, PICTURE)), "one_cover"),
        ("mastodon", Content("Tiles"), ""),
    ],
)
def test_choices_that_the_network_would_refuse_are_told(network: str, content: Content, code: str):
    found = plugin(network)
    account = plain_account(found, found.card.account_kinds[0].slug)

    told = with_objections((), found.connector, content, account)

    assert [one.code for one in told] == ([code] if code else [])


def test_what_is_refused_already_is_not_told_twice():
    found = plugin("google_business")
    said = Finding("title_missing", Message("No title."), Message("Type one."), "title")
    account = plain_account(found, found.card.account_kinds[0].slug)

    told = with_objections((said,), found.connector, Content("x", options={"format": "event"}), account)

    assert told == (said,)
