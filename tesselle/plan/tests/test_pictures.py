"""Several pictures, a post for each: written in rows, planned as one, undone as one."""

from datetime import datetime, time, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tesselle.channels.models import Channel
from tesselle.compose.models import Post
from tesselle.domain.slots import WeeklySlot
from tesselle.ledger.models import Delivery
from tesselle.library.models import Asset
from tesselle.library.tests.pictures import picture, upload
from tesselle.plan.models import BulkChange
from tesselle.plan.slots import add_slots
from tesselle.plan.tests.test_calendar import channel_in
from tesselle.strategy.models import Pillar
from tesselle.workspaces.models import Member, Role, User, Workspace

PAGE = "/calendar/pictures"


@pytest.fixture
def channel(workspace: Workspace) -> Channel:
    return channel_in(workspace)


def begun(client: Client, assets: list[Asset], **asked: Any) -> Any:
    return client.get(PAGE, {"asset": [asset.pk for asset in assets], **asked})


def filled(page: Any, *texts: str, **more: Any) -> dict[str, Any]:
    """What the page's form would send, with these words in its rows."""
    shown = page.context["page"]
    form: dict[str, Any] = {
        "once": shown.batch.once,
        "asset": [row.id for row in shown.rows],
        "channels": list(shown.batch.channels),
        "do": "plan",
    }
    for row, text in zip(shown.rows, texts, strict=True):
        form |= {
            f"text-{row.id}": text,
            f"alt-{row.id}": f"Image {row.number}",
            f"when-{row.id}": row.row.when,
            f"proposed-{row.id}": row.row.proposed,
        }
    return form | more


def times(page: Any) -> list[str]:
    return [row.row.when for row in page.context["page"].rows]


def tomorrow(workspace: Workspace, days: int = 1) -> str:
    return f"{workspace.today() + timedelta(days=days):%Y-%m-%d}"


def test_each_picture_becomes_a_planned_post_and_one_click_takes_all_back(
    as_alice: Client, workspace: Workspace, channel: Channel, three: list[Asset]
):
    page = begun(as_alice, three)
    sent = filled(page, "Un", "Deux", "Trois", channels=[channel.pk])
    as_alice.post(PAGE, sent)

    planned = Delivery.objects.order_by("due_at")
    assert [row.post.name for row in planned if row.post] == ["Un", "Deux", "Trois"]
    assert [row.local_at for row in planned] == [f"{tomorrow(workspace, n)}T10:00" for n in (1, 2, 3)]
    assert [row.content.media[0].alt for row in planned] == ["Image 1", "Image 2", "Image 3"]

    change = BulkChange.objects.get()
    again = as_alice.post(f"{PAGE}/{change.pk}/undo", follow=True)
    assert set(Delivery.objects.values_list("state", flat=True)) == {"cancelled"}
    assert not Post.objects.filter(deleted_at=None).exists()
    assert [row.row.text for row in again.context["page"].rows] == ["Un", "Deux", "Trois"]


def test_what_a_network_would_refuse_stays_a_draft_and_says_why_in_its_row(
    as_alice: Client, channel: Channel, three: list[Asset]
):
    page = begun(as_alice, three)
    told = as_alice.post(PAGE, filled(page, "Un", "long " * 200, "Trois", channels=[channel.pk]), follow=True)

    good, bad, other = told.context["rows"]
    assert good.when and other.when and not bad.when
    assert "carreaux" in bad.why[0] and len(bad.why) > 1
    assert Delivery.objects.count() == 2 and Post.objects.filter(deliveries=None).count() == 1


def test_a_row_has_its_own_channels_pillar_and_time_or_none(
    as_alice: Client, workspace: Workspace, channel: Channel, three: list[Asset]
):
    other = channel_in(workspace, "autre")
    all_of_them, own = (Pillar.objects.create(workspace=workspace, name=name) for name in ("Un", "Deux"))
    _first, second, third = (asset.pk for asset in three)
    sent = filled(begun(as_alice, three), "A", "B", "C", channels=[channel.pk], pillar=all_of_them.pk)
    sent |= {f"own-{second}": "1", f"channels-{second}": [other.pk], f"pillar-{second}": own.pk}
    as_alice.post(PAGE, sent | {f"when-{third}": "", f"pillar-{third}": "-1"})

    rows = {row.post.name: row for row in Delivery.objects.select_related("post") if row.post}
    assert (rows["A"].channel, rows["B"].channel) == (channel, other)
    assert (rows["A"].post.pillar, rows["B"].post.pillar) == (all_of_them, own)
    draft = Post.objects.get(deliveries=None)
    assert (draft.name, draft.pillar) == ("C", None)


@pytest.mark.parametrize("wrong", [{"channels": []}, {"when": "demain"}])
def test_nothing_typed_is_lost_when_the_page_is_refused(
    as_alice: Client, channel: Channel, three: list[Asset], wrong: dict[str, Any]
):
    sent = filled(begun(as_alice, three), "Un", "Deux", "Trois", channels=[channel.pk])
    sent |= {f"when-{three[0].pk}": wrong.pop("when", sent[f"when-{three[0].pk}"])} | wrong
    answer = as_alice.post(PAGE, sent)

    assert answer.status_code == 422 and not Post.objects.exists()
    shown = answer.context["page"]
    assert [row.row.text for row in shown.rows] == ["Un", "Deux", "Trois"]
    assert [row.row.alt for row in shown.rows] == ["Image 1", "Image 2", "Image 3"]


def test_sent_twice_it_is_planned_once(as_alice: Client, channel: Channel, three: list[Asset]):
    sent = filled(begun(as_alice, three), "Un", "Deux", "Trois", channels=[channel.pk])
    as_alice.post(PAGE, sent)
    as_alice.post(PAGE, sent)

    assert Delivery.objects.count() == 3 and BulkChange.objects.count() == 1


def test_a_browser_is_told_which_of_its_pages_became_posts(
    as_alice: Client, channel: Channel, three: list[Asset]
):
    sent = filled(begun(as_alice, three), "Un", "Deux", "Trois", channels=[channel.pk])
    made = f"{PAGE}/made?once={sent['once']}"
    before = as_alice.get(made).json()
    as_alice.post(PAGE, sent)

    assert (before, as_alice.get(made).json()) == ({"made": False}, {"made": True})
    as_alice.post(f"{PAGE}/{BulkChange.objects.get().pk}/undo")
    assert as_alice.get(made).json() == {"made": False}


def test_what_a_browser_held_is_drawn_again_as_it_was_typed(
    as_alice: Client, channel: Channel, three: list[Asset]
):
    page = begun(as_alice, three)
    assert "data-typed" not in page.content.decode()
    first = three[0].pk
    held = filled(page, "Un", "Deux", "Trois", channels=[channel.pk], do="put_back")

    drawn = as_alice.post(PAGE, held | {f"when-{first}": "2030-05-01T08:15"})

    rows = drawn.context["page"].rows
    assert "data-typed" in drawn.content.decode()
    assert [row.row.text for row in rows] == ["Un", "Deux", "Trois"]
    assert rows[0].row.when == "2030-05-01T08:15"
    assert not Post.objects.exists()


def test_times_are_posting_times_that_most_channels_have_and_typed_ones_stay(
    as_alice: Client, alice: User, workspace: Workspace, channel: Channel, three: list[Asset]
):
    other = channel_in(workspace, "autre")
    tuesday, friday, sunday = (WeeklySlot(day, time(9)) for day in (1, 4, 6))
    add_slots(channel, [tuesday, friday, sunday], by=alice)
    add_slots(other, [tuesday, friday], by=alice)
    sent = filled(begun(as_alice, three), "", "", "", do="check", channels=[channel.pk, other.pk])
    sent[f"when-{three[1].pk}"] = f"{tomorrow(workspace, 30)}T07:15"

    shown = times(as_alice.post(PAGE, sent))

    assert shown[1] == f"{tomorrow(workspace, 30)}T07:15"
    proposed = [datetime.fromisoformat(one) for one in (shown[0], shown[2])]
    assert {one.weekday() for one in proposed} == {1, 4} and proposed[0] < proposed[1]


def test_several_pictures_laid_on_a_day_begin_on_that_day(as_alice: Client, workspace: Workspace):
    day = tomorrow(workspace, 5)
    files = [upload(picture(40 + n, shade=n), f"{n}.jpg") for n in (50, 90)]
    page = as_alice.post(reverse("plan:begin"), {"day": day, "files": files}, follow=True)

    assert times(page) == [f"{day}T10:00", f"{tomorrow(workspace, 6)}T10:00"]


def test_pictures_are_added_left_out_and_put_into_one_post_after_all(
    as_alice: Client, workspace: Workspace, three: list[Asset]
):
    sent = filled(begun(as_alice, three), "Un", "Deux", "Trois")
    more = as_alice.post(PAGE, sent | {"do": "add", "files": upload(picture(90, 30, shade=9), "neuf.jpg")})
    assert [row.name for row in more.context["page"].rows][-1] == "neuf.jpg"
    less = as_alice.post(PAGE, sent | {"do": f"leave:{three[0].pk}"})
    assert [row.row.text for row in less.context["page"].rows] == ["Deux", "Trois"]

    composer = as_alice.post(PAGE, sent | {"do": "together"}, follow=True).content.decode()
    assert "Un\n\nDeux\n\nTrois" in composer and composer.count('name="shared-media"') == 3


def test_a_picture_of_somebody_who_was_not_asked_says_so_before_anything_is_typed(
    as_alice: Client, workspace: Workspace, channel: Channel, three: list[Asset]
):
    Asset.objects.filter(pk=three[1].pk).update(recognisable=True)
    as_alice.post(PAGE, filled(begun(as_alice, three[:1]), "Un", channels=[channel.pk]))

    shown = begun(as_alice, three[1:]).context["page"]
    assert shown.rows[0].problems and not shown.rows[1].problems

    told = as_alice.post(PAGE, filled(begun(as_alice, three[1:]), "Deux", "Trois"), follow=True)
    kept, planned = told.context["rows"]
    assert kept.why and not kept.when and planned.when


def test_what_somebody_went_on_with_stays_when_all_is_undone(
    as_alice: Client, channel: Channel, three: list[Asset]
):
    as_alice.post(PAGE, filled(begun(as_alice, three[:2]), "Un", "Deux", channels=[channel.pk]))
    Delivery.objects.filter(post__name="Un").update(state="live")
    as_alice.post(f"{PAGE}/{BulkChange.objects.get().pk}/undo")

    assert [post.name for post in Post.objects.filter(deleted_at=None)] == ["Un"]


def test_who_writes_and_does_not_plan_keeps_drafts(
    client: Client, bob: User, channel: Channel, three: list[Asset]
):
    Member.objects.filter(user=bob).update(role=Role.CONTRIBUTOR)
    client.force_login(bob)
    told = client.post(
        PAGE, filled(begun(client, three), "Un", "Deux", "Trois", channels=[channel.pk]), follow=True
    )

    assert not Delivery.objects.exists() and Post.objects.count() == 3
    assert all(row.why for row in told.context["rows"])


def test_mallory_gets_none_of_our_pictures_and_a_viewer_nothing(
    client: Client,
    as_alice: Client,
    mallory: User,
    bob: User,
    chloe: User,
    channel: Channel,
    three: list[Asset],
):
    sent = filled(begun(as_alice, three), "Un", "Deux", "Trois", channels=[channel.pk])
    as_alice.post(PAGE, sent)
    made = BulkChange.objects.get()
    client.force_login(mallory)
    assert begun(client, three).context["page"].rows == ()
    assert client.post(PAGE, sent | {"once": "x"}).status_code == 422
    assert client.get(f"{PAGE}/made?once={sent['once']}").json() == {"made": False}
    for person, status in ((mallory, 404), (bob, 404), (chloe, 403)):
        client.force_login(person)
        assert client.get(f"{PAGE}/{made.pk}").status_code == status
        assert client.post(f"{PAGE}/{made.pk}/undo").status_code == status
        assert client.get(f"{PAGE}?again={made.pk}").status_code == status
    assert Post.objects.filter(deleted_at=None).count() == 3


def test_the_library_and_the_telephone_lead_here(as_alice: Client, three: list[Asset]):
    ids = [asset.pk for asset in three]
    chosen = as_alice.post(reverse("library:chosen"), {"asset": ids, "make": "posts"}, follow=True)
    assert [row.id for row in chosen.context["page"].rows] == ids

    files = [upload(picture(40 + n, shade=n), f"{n}.jpg") for n in (10, 20)]
    shared = as_alice.post(reverse("library:share"), {"files": files, "make": "posts"}, follow=True)
    assert [row.name for row in shared.context["page"].rows] == ["10.jpg", "20.jpg"]


def test_an_address_that_makes_no_sense_is_an_empty_page(as_alice: Client):
    for asked in ({"asset": ["x", "9" * 30]}, {"day": "2030-02-31"}, {"again": "x"}):
        answer = as_alice.get(PAGE, asked)
        assert answer.status_code == 200 and not answer.context["page"].rows


def test_more_than_a_page_holds_are_told_and_stay_in_the_library(
    as_alice: Client, channel: Channel, three: list[Asset], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("tesselle.plan.pictures.views.AT_MOST", 2)
    page = begun(as_alice, three)

    assert len(page.context["page"].rows) == 2
    assert "2 images au plus à la fois" in page.content.decode()
    assert Asset.objects.count() == 3


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_a_day_that_no_calendar_holds_is_none(as_alice: Client, three: list[Asset], day: str):
    page = begun(as_alice, three, day=day)
    assert page.status_code == 200 and page.context["page"].batch.first is None


@pytest.mark.parametrize("when", ["0001-01-01T00:00", "9999-12-31T23:59"])
def test_a_time_that_no_calendar_holds_is_said_in_its_row(
    as_alice: Client, channel: Channel, three: list[Asset], when: str
):
    sent = filled(begun(as_alice, three), "Un", "Deux", "Trois", channels=[channel.pk])
    for do in ("check", "plan"):
        answer = as_alice.post(PAGE, sent | {f"when-{three[0].pk}": when, "do": do})
        assert [bool(row.error) for row in answer.context["page"].rows] == [True, False, False]
    assert not Post.objects.exists()


def test_a_page_gone_back_to_after_an_undo_is_planned_anew(
    as_alice: Client, channel: Channel, three: list[Asset]
):
    sent = filled(begun(as_alice, three), "Un", "Deux", "Trois", channels=[channel.pk])
    as_alice.post(PAGE, sent)
    as_alice.post(f"{PAGE}/{BulkChange.objects.get().pk}/undo")

    as_alice.post(PAGE, sent)

    assert Delivery.objects.filter(state="planned").count() == 3


def test_what_is_sent_again_otherwise_tells_what_became_of_it_the_first_time(
    as_alice: Client, channel: Channel, three: list[Asset]
):
    sent = filled(begun(as_alice, three), "Un", "Deux", "Trois", channels=[channel.pk])
    as_alice.post(PAGE, sent)
    emptied = {f"when-{asset.pk}": "" for asset in three}

    told = as_alice.post(PAGE, sent | emptied | {"asset": [three[0].pk]}, follow=True)

    assert told.status_code == 200
    assert "3 publications sont planifiées" in told.content.decode()


def test_what_is_kept_for_an_undo_holds_no_token_of_the_session(
    channel: Channel, three: list[Asset], alice: User
):
    client = Client(enforce_csrf_checks=True)
    client.force_login(alice)
    sent = filled(begun(client, three), "Un", "Deux", "Trois", channels=[channel.pk])
    client.post(PAGE, sent | {"csrfmiddlewaretoken": client.cookies["csrftoken"].value})

    kept = BulkChange.objects.get().undo["typed"][0]
    assert "Deux" in kept and "csrf" not in kept


def test_each_undo_acts_on_its_own_kind_and_asks_for_the_right_to_plan(
    as_alice: Client, alice: User, channel: Channel, three: list[Asset]
):
    as_alice.post(PAGE, filled(begun(as_alice, three), "Un", "Deux", "Trois", channels=[channel.pk]))
    change = BulkChange.objects.get()

    assert as_alice.post(reverse("plan:undo_many", args=[change.pk])).status_code == 404
    member = Member.objects.get(user=alice)
    Member.objects.filter(pk=member.pk).update(role=Role.CONTRIBUTOR)
    assert as_alice.post(f"{PAGE}/{change.pk}/undo").status_code == 403
    assert f"{PAGE}/{change.pk}/undo" not in as_alice.get(f"{PAGE}/{change.pk}").content.decode()
    assert set(Delivery.objects.values_list("state", flat=True)) == {"planned"}

    Member.objects.filter(pk=member.pk).update(role=member.role)
    as_alice.post(f"{PAGE}/{change.pk}/undo")
    assert set(Delivery.objects.values_list("state", flat=True)) == {"cancelled"}


def test_who_may_only_write_takes_their_own_drafts_back(
    as_alice: Client, alice: User, channel: Channel, three: list[Asset]
):
    Member.objects.filter(user=alice).update(role=Role.CONTRIBUTOR)
    as_alice.post(PAGE, filled(begun(as_alice, three), "Un", "Deux", "Trois", channels=[channel.pk]))
    change = BulkChange.objects.get()

    assert as_alice.post(f"{PAGE}/{change.pk}/undo").status_code == 302

    assert not Post.objects.filter(deleted_at=None).exists()
