"""Figures of posts and of the account. A page's come in one call for all posts of a kind; a member's
one call each, and only where the application was admitted for them."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from tesselle.connectors.protocols import Api, Figures
from tesselle.domain.errors import RejectedError
from tesselle.domain.metrics import Metric
from tesselle.domain.verdicts import Remote
from tesselle.networks.linkedin import films
from tesselle.networks.linkedin.identify import rights_of
from tesselle.networks.linkedin.metrics import fields
from tesselle.networks.linkedin.wire import ask, ask_elements, encoded, listed, of_page, post_path

AT_ONCE = 20
MEMBER_FIGURES = "r_member_postAnalytics"
STATISTICS = "/rest/organizationalEntityShareStatistics"


async def post_figures(remotes: Sequence[Remote], api: Api) -> tuple[Figures, ...]:
    if of_page(api.account):
        return await _of_page(remotes, api)
    if MEMBER_FIGURES not in rights_of(api.account.credentials):
        return ()
    found = [await _of_member(remote, api) for remote in remotes]
    return tuple(figures for figures in found if figures is not None)


async def channel_figures(api: Api) -> Figures:
    author = api.account.remote_id
    if not of_page(api.account):
        return Figures(author, {})
    query = "edgeType=COMPANY_FOLLOWED_BY_MEMBER"
    size = (await ask(api, f"/rest/networkSizes/{encoded(author)}", query)).get("firstDegreeSize")
    return Figures(author, {Metric.FOLLOWERS.value: size} if isinstance(size, int) else {})


async def _of_page(remotes: Sequence[Remote], api: Api) -> tuple[Figures, ...]:
    found: dict[str, dict[str, int]] = {}
    for name, key, prefix in (
        ("shares", "share", "urn:li:share:"),
        ("ugcPosts", "ugcPost", "urn:li:ugcPost:"),
    ):
        urns = [remote.id for remote in remotes if remote.id.startswith(prefix)]
        for start in range(0, len(urns), AT_ONCE):
            found |= await _some(name, key, urns[start : start + AT_ONCE], api)
    quiet = [remote.id for remote in remotes if remote.id not in found]
    found |= {urn: dict.fromkeys(fields(of_page=True).values(), 0) for urn in await _there(quiet, api)}
    return tuple([Figures(urn, {**values, **await films.figures(urn, api)}) for urn, values in found.items()])


async def _some(name: str, key: str, urns: Iterable[str], api: Api) -> dict[str, dict[str, int]]:
    author = encoded(api.account.remote_id)
    query = f"q=organizationalEntity&organizationalEntity={author}&{name}={listed(urns)}"
    rows = await ask_elements(api, STATISTICS, query)
    return {str(row[key]): _counted(row.get("totalShareStatistics") or {}) for row in rows if row.get(key)}


def _counted(told: Mapping[str, Any]) -> dict[str, int]:
    """Likes that are taken back can make a count of a slice fall below nothing."""
    return {
        metric: max(told[field], 0)
        for field, metric in fields(of_page=True).items()
        if isinstance(told.get(field), int)
    }


async def _there(urns: Sequence[str], api: Api) -> list[str]:
    """Posts without any activity are left out of the answer, and so are those that are gone."""
    there = []
    for urn in urns:
        try:
            await ask(api, post_path(urn))
        except RejectedError:
            continue
        there.append(urn)
    return there


async def _of_member(remote: Remote, api: Api) -> Figures | None:
    kind = "share" if remote.id.startswith("urn:li:share:") else "ugc"
    values = {}
    for field, metric in fields(of_page=False).items():
        query = f"q=entity&entity=({kind}:{encoded(remote.id)})&queryType={field}&aggregation=TOTAL"
        try:
            rows = await ask_elements(api, "/rest/memberCreatorPostAnalytics", query)
        except RejectedError:
            return None
        if rows and isinstance(rows[0].get("count"), int):
            values[metric] = rows[0]["count"]
    return Figures(remote.id, {**values, **await films.figures(remote.id, api)})
