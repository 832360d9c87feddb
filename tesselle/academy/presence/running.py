"""Looking at a site, in a process that nobody waits for: here HTML is read."""

import asyncio
from dataclasses import asdict

from asgiref.sync import sync_to_async
from django.utils import timezone

from tesselle.academy.models import SiteCheck
from tesselle.academy.presence.fetching import Fetcher
from tesselle.academy.presence.profiles import findings_of_profiles
from tesselle.academy.presence.rules import findings_of
from tesselle.academy.presence.site import Site, visit
from tesselle.connectors.http.exchange import Transport
from tesselle.connectors.registry import World, conversation
from tesselle.domain.messages import N_

WHOLE_SECONDS = 180.0
TELL_EVERY_SECONDS = 0.5
REAL = World("real")
_TOO_LONG = N_("it took too long")


def perform(check: SiteCheck) -> None:
    """Real pages are read, from a practice workspace too: somebody typed the address and asked for it."""
    site, problem, fetcher = asyncio.run(_looked(check)) if check.address else (None, "", None)
    found = findings_of(site) if site is not None else []
    found += findings_of_profiles(check.path.workspace, site)
    check.found = [asdict(one) for one in found]
    check.problem = problem[:300]
    if site is not None and fetcher is not None:
        check.pages = [page.url for page in site.pages]
        check.unread = fetcher.unread
    check.state, check.ended_at = SiteCheck.State.DONE, timezone.now()
    check.save(update_fields=["found", "problem", "pages", "unread", "state", "ended_at"])


async def _looked(check: SiteCheck) -> tuple[Site | None, str, Fetcher]:
    async with conversation(REAL) as transport:
        return await look(check.address, transport, check.pk)


async def look(
    address: str, transport: Transport, check_id: int | None = None
) -> tuple[Site | None, str, Fetcher]:
    """The site, or why it could not be read."""
    fetcher = Fetcher(transport)
    telling = asyncio.create_task(_tell_progress(check_id, fetcher)) if check_id is not None else None
    try:
        async with asyncio.timeout(WHOLE_SECONDS):
            site, problem = await visit(address, fetcher)
    except TimeoutError:
        site, problem = None, _TOO_LONG
    finally:
        if telling is not None:
            telling.cancel()
            await asyncio.gather(telling, return_exceptions=True)
    return site, problem, fetcher


async def _tell_progress(check_id: int, fetcher: Fetcher) -> None:
    """Outside any transaction, so that the page that waits sees it."""
    keep = sync_to_async(SiteCheck.objects.filter(pk=check_id).update, thread_sensitive=True)
    while True:
        await asyncio.sleep(TELL_EVERY_SECONDS)
        await keep(done=fetcher.done, total=fetcher.total)
