"""The one generic form, the steps of what is new, and what a network bills."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from tesselle.connectors.card import (
    Ability,
    AccountKind,
    Cost,
    Format,
    Network,
    OptionField,
    TestedAgainst,
)
from tesselle.connectors.costs import bill_for
from tesselle.connectors.fields import fields_for
from tesselle.connectors.protocols import Account, StepCall
from tesselle.domain.content import Content, Media
from tesselle.domain.limits import Limits, PollLimit, Source, TextLimit, Unit
from tesselle.domain.steps import StepKind

SOURCE = Source("a made-up network", date(2026, 11, 25))
TEXT = TextLimit(100, Unit.GRAPHEMES, SOURCE)
CARD = Network(
    slug="mosaic",
    name="Mosaic",
    home="https://mosaic.example",
    account_kinds=(
        AccountKind("page", "Page", (Format("feed", "Feed"), Format("story", "Story"))),
        AccountKind("person", "Person"),
    ),
    abilities=frozenset({Ability.PUBLISH}),
    tested_against=(TestedAgainst("fixtures", "none", "none"),),
    options=(
        OptionField("board", "Board", kind="remote_choice", required=True),
        OptionField("tone", "Tone", account_kinds=("person",)),
        OptionField("sticker", "Sticker", formats=("story",)),
        OptionField("cover", "Cover", formats=("",)),
    ),
    costs=(
        Cost("post", Decimal("0.015"), "USD", SOURCE),
        Cost("post", Decimal("0.200"), "USD", SOURCE, with_link=True),
        Cost("part", Decimal("0.015"), "USD", SOURCE),
    ),
)
LIMITS = Limits(
    texts=(TEXT,),
    first_comment=TEXT,
    poll=PollLimit(answer=TEXT, seconds=(86_400, 3_600)),
    formats=(("story", Limits(texts=(TEXT,))),),
)


def names(kind: str, format: str = "") -> list[str]:
    return [field.name for field in fields_for(CARD, kind, LIMITS, format)]


def test_fields_follow_account_kind_and_format():
    assert names("page") == ["format", "board", "cover", "poll", "poll_seconds", "first_comment"]
    assert names("page", "feed") == names("page")
    assert names("page", "story") == ["format", "board", "sticker"]
    assert names("person")[:2] == ["board", "tone"]


def test_durations_are_said_in_words_shortest_first_and_the_usual_one_is_chosen():
    field = next(one for one in fields_for(CARD, "person", LIMITS) if one.name == "poll_seconds")

    assert [(one.value, one.label) for one in field.choices] == [("3600", "1 hour"), ("86400", "1 day")]
    assert field.default == "86400"


def test_a_first_comment_speaks_for_itself_and_recipients_get_everything():
    content = Content(
        text="Tiles",
        parts=("More",),
        media=(Media("image", "image/png", 9, 2, 2),),
        options={"first_comment": "Hello"},
        recipients=("a@example.org", "b@example.org"),
    )

    def call(kind: str, position: int) -> StepCall:
        account = Account("page", "1", "tiles", "https://mosaic.example")
        return StepCall(account, kind, position, content, "key", datetime(2026, 11, 25, tzinfo=UTC))

    comment, second = call(StepKind.COMMENT, 2), call(StepKind.RECIPIENT, 1)

    assert (comment.text, comment.media) == ("Hello", ())
    assert (second.recipient, second.text, second.media) == ("b@example.org", "Tiles", content.media)
    assert (call(StepKind.PART, 1).text, call(StepKind.PART, 1).recipient) == ("More", "")


@pytest.mark.parametrize(
    ("content", "amount"),
    [
        (Content(text="Tiles"), "0.015"),
        (Content(text="Tiles https://example.org/a"), "0.200"),
        (Content(text="Tiles", link="https://example.org/a"), "0.200"),
        (Content(text="Tiles", parts=("more https://example.org/a",)), "0.030"),
    ],
)
def test_the_dearest_cost_that_fits_is_what_is_billed(content: Content, amount: str):
    steps = ("post", *("part" for _ in content.parts))

    bill = bill_for(CARD, steps, content)

    assert bill is not None
    assert bill.amount == Decimal(amount)
