"""What a project may spend a day. Played where the flag `counts_quota` is on: a practice world with many
channels has but one project, and would otherwise stand still every afternoon."""

from zoneinfo import ZoneInfo

from starlette.requests import Request

from tesselle.connectors.sandbox.google import ProblemError
from tesselle.networks.youtube.limits import DAY_UNITS, DAY_UPLOADS, WRITE_UNITS
from tesselle.simulation.network import SimulatedNetwork


async def spend(request: Request, network: SimulatedNetwork) -> None:
    """Raises YouTube's own 403 when the day's units or uploads are used up."""
    if "counts_quota" not in network.flags or request.url.path.startswith("/v2/"):
        return
    if request.method == "PUT" and request.url.path.endswith("/upload/youtube/v3/videos"):
        return  # pieces of an upload cost nothing
    is_upload = request.url.path.endswith("/upload/youtube/v3/videos")
    bucket, cost, most = ("units", WRITE_UNITS, DAY_UNITS)
    if is_upload:
        bucket, cost, most = ("uploads", 1, DAY_UPLOADS)
    elif request.method == "GET":
        cost = 1
    day = network.clock().astimezone(ZoneInfo("America/Los_Angeles")).date().isoformat()
    kept = await network.kept("quota", f"{bucket} {day}") or {"spent": 0}
    if kept["spent"] + cost > most:
        words = "The request cannot be completed because you have exceeded your quota."
        raise ProblemError(403, words, "quotaExceeded", domain="youtube.quota")
    await network.keep("quota", f"{bucket} {day}", {"spent": kept["spent"] + cost})
