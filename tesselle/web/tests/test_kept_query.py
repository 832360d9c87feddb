"""Queries put together once answer like those that are put together each time."""

from datetime import UTC, datetime, timedelta

from django.db import connection
from django.db.models import Value
from django.test.utils import CaptureQueriesContext

from tesselle.channels.models import Channel
from tesselle.compose.models import Post
from tesselle.journal.models import Entry
from tesselle.web.addresses import address, address_of
from tesselle.web.kept_query import SOME_ID, SOME_IDS, SOME_TIME, KeptQuery
from tesselle.web.light_rows import Micros, instant, light_rows
from tesselle.workspaces.models import User, Workspace

AT = datetime(2026, 11, 25, 12, 0, 0, 123456, tzinfo=UTC)


def test_each_request_gets_its_own_values(db):
    mine, other = (Workspace.objects.create(name=name, created_at=AT) for name in ("A", "B"))
    kept = KeptQuery(
        lambda: Workspace.objects.filter(pk=SOME_ID, created_at__lt=SOME_TIME).values_list("name")
    )
    later, earlier = AT + timedelta(seconds=1), AT - timedelta(seconds=1)

    assert kept.rows({SOME_ID: mine.pk, SOME_TIME: later}) == [("A",)]
    assert kept.rows({SOME_ID: other.pk, SOME_TIME: later}) == [("B",)]
    assert kept.rows({SOME_ID: other.pk, SOME_TIME: earlier}) == []


def test_whole_records_are_those_of_the_model(db):
    made = Workspace.objects.create(name="A", clock_shift=timedelta(days=3), zone="Asia/Tokyo")
    kept = KeptQuery(lambda: Workspace.objects.filter(pk=SOME_ID))

    [found] = kept.records({SOME_ID: made.pk})

    assert (found, found.clock_shift, found.tz) == (made, made.clock_shift, made.tz)
    assert not found._state.adding


def test_light_rows_keep_every_microsecond_and_tell_nothing_as_none(db):
    person = User.objects.create_user("alice@example.org", name='Zo"é')
    User.objects.filter(pk=person.pk).update(date_joined=AT, last_login=None)

    [[pk, micros, last, name]] = light_rows(
        User.objects.filter(pk=person.pk), "pk", Micros("date_joined"), Micros("last_login"), "name"
    )

    assert (pk, instant(micros), last, name) == (person.pk, AT, None, 'Zo"é')
    assert light_rows(Entry.objects.none(), "pk") == []


def test_an_address_is_the_reversed_one():
    assert address("plan:calendar") == "/calendar"
    assert address_of("publish:delivery", "delivery_id")(7) == "/deliveries/7"


def test_records_come_with_those_they_are_joined_to_and_with_their_fields_converted(db):
    alice = User.objects.create_user("alice@example.org", name="Alice")
    one, other = (Workspace.objects.create(name=name) for name in ("A", "B"))
    Channel.objects.create(workspace=one, network="mastodon", handle="a", remote_id="1", facts={"sizes": [1]})
    Post.objects.create(workspace=one, name="Terrasse", created_by=alice)
    Post.objects.create(workspace=other, name="Escalier")
    channels = KeptQuery(lambda: Channel.objects.filter(workspace=SOME_ID).select_related("workspace"))
    posts = KeptQuery(lambda: Post.objects.filter(workspace=SOME_ID).select_related("created_by"))

    [channel] = channels.records({SOME_ID: one.pk})
    [by_alice], [by_nobody] = (posts.records({SOME_ID: place.pk}) for place in (one, other))

    assert (channel.facts, channel.workspace.name) == ({"sizes": [1]}, "A")
    assert (by_alice.created_by, by_nobody.created_by) == (alice, None)
    assert "created_by" in by_alice._state.fields_cache


def test_a_list_of_any_length_is_one_value(db):
    one, other, third = (Workspace.objects.create(name=name) for name in "ABC")
    Post.objects.create(workspace=one, name="Terrasse")
    kept = KeptQuery(lambda: Workspace.objects.filter(pk__any_of=SOME_IDS).order_by("pk").values_list("name"))
    of_posts = KeptQuery(lambda: Post.objects.filter(workspace__any_of=SOME_IDS).values_list("name"))

    assert kept.rows({SOME_IDS: [one.pk, third.pk]}) == [("A",), ("C",)]
    assert kept.rows({SOME_IDS: [other.pk]}) == [("B",)]
    assert kept.rows({SOME_IDS: []}) == []
    assert of_posts.rows({SOME_IDS: [one.pk, other.pk]}) == [("Terrasse",)]


def test_what_is_planned_once_answers_the_same_for_each_request(db):
    """With texts of its own in the statement, a percent sign among them, and values beside it."""
    mine, other = (Workspace.objects.create(name=name, created_at=AT) for name in ("100 % A", "B"))
    rows = Workspace.objects.filter(pk=SOME_ID, created_at__lt=SOME_TIME).exclude(name="100 % C")
    told = rows.values_list("name", Value("50 %"))
    kept, planned = KeptQuery(lambda: told), KeptQuery(lambda: told, is_planned_once=True)

    for at in (AT + timedelta(seconds=1), AT):
        for one in (mine, other):
            asked = {SOME_ID: one.pk, SOME_TIME: at}
            assert planned.rows(asked) == kept.rows(asked)
    assert planned.rows({SOME_ID: mine.pk, SOME_TIME: AT + timedelta(1)}) == [("100 % A", "50 %")]


def test_the_database_plans_it_once_and_it_counts_as_asked(db):
    workspace = Workspace.objects.create(name="A")
    planned = KeptQuery(lambda: Workspace.objects.filter(pk=SOME_ID), is_planned_once=True)

    with CaptureQueriesContext(connection) as asked:
        for _ in range(3):
            assert planned.records({SOME_ID: workspace.pk}) == [workspace]

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT generic_plans, custom_plans FROM pg_prepared_statements WHERE statement LIKE %s",
            ['SELECT "workspaces_workspace"."id", %'],
        )
        assert cursor.fetchall() == [(3, 0)]
    assert len(asked) == 3
