"""A company with posts, those who answer below them, and all that can be seen of it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from tesselle.simulation.answered import GRIEVANCES
from tesselle.simulation.audience import Audience
from tesselle.simulation.company import SimulatedCompany
from tesselle.simulation.hearing import heard_below
from tesselle.simulation.network import MESSAGE, SimAccount, SimPost
from tesselle.simulation.record import Record, recorded
from tesselle.simulation.worlds import WORLDS

START = datetime(2027, 3, 1, 9, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
END = START + 90 * DAY
LATER = START + 900 * DAY
COMPANY = SimulatedCompany(WORLDS["complaints"], "a", START)
ACCOUNT = SimAccount("1", "carreaux", "Carreaux", order=1)


def posted(number: int, days: float) -> SimPost:
    at = START + days * DAY
    record = {"channel": 1, "number": number, "earlier": 0}
    return SimPost(f"p{number}", "1", "Un chantier terminé", at, at, record=record)


POSTS = [posted(number, number) for number in range(20)]


def audience(network: str = "linkedin", **more: object) -> Audience:
    return Audience(network, replace(COMPANY, **more))  # type: ignore[arg-type]


def answer(number: int, line: str, at: datetime) -> SimPost:
    to = ("someone",) if line.startswith(MESSAGE) else ()
    return SimPost(f"a{number}", "1", "Merci, nous regardons.", at, at, parent_id=line, to=to)


def record_of(answers: Sequence[SimPost] = (), posts: Sequence[SimPost] = POSTS) -> Record:
    return recorded("1", [*posts, *answers], (), hears_messages=True)


def told(public: Audience, at: datetime, record: Record | None) -> object:
    """All that anybody can see of that account at that instant."""
    below = [(public(post, at, record).figures, public(post, at, record).comments) for post in POSTS]
    return below, public.followers(ACCOUNT, at, record), public.messages(ACCOUNT, at, record)


LINES = st.one_of(
    st.builds("p{}~{}".format, st.integers(0, 19), st.integers(1, 12)),
    st.builds("{}1~{}-{}".format, st.just(MESSAGE), st.integers(0, 11), st.integers(0, 3)),
)
HOURS = st.integers(0, 60 * 24)
GIVEN = st.lists(st.tuples(LINES, HOURS), max_size=25)


def answers_of(given: Sequence[tuple[str, int]]) -> list[SimPost]:
    return [answer(number, line, START + hours * HOUR) for number, (line, hours) in enumerate(given)]


def complaint_below(public: Audience) -> tuple[SimPost, int, datetime]:
    """The first below a post that has one only, of those that cost somebody."""
    for post in POSTS:
        heard = heard_below(public, post, END, None)
        found = [place for place, one in enumerate(heard, 1) if one.said.kind in GRIEVANCES]
        alone = record_of(posts=[post])
        if len(found) == 1 and public.resentment(1, END, without_messages(alone)) > 3:
            return post, found[0], heard[found[0] - 1].post.created_at
    raise AssertionError("no such post")


def without_messages(record: Record) -> Record:
    return replace(record, hears_messages=False)
