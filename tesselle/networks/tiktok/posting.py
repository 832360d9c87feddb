"""What goes out: the last piece of a film, or the call by which TikTok fetches photos."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from tesselle.connectors.http.exchange import Request
from tesselle.connectors.protocols import Account, Api, StepCall
from tesselle.domain.content import Content
from tesselle.domain.errors import RejectedError
from tesselle.domain.messages import N_, Message
from tesselle.domain.verdicts import Remote
from tesselle.networks.tiktok import films, options
from tesselle.networks.tiktok.creator import Creator, creator
from tesselle.networks.tiktok.limits import PHOTOS
from tesselle.networks.tiktok.options import is_on
from tesselle.networks.tiktok.wire import INBOX, posting

PHOTO_INIT = "post/publish/content/init/"
LEVEL, BEGAN_AT, POST = "privacy", "began_at", "post"
"""What a post's `Remote.extra` holds: who may see it and since when; its own number once that is told."""

NO_LEVEL = N_("Who can see it: this account no longer has that choice. Make it again.")
NOT_ALONE = N_(
    "What somebody pays for cannot be for you alone on TikTok. Choose who else sees it, or take the label away."
)
TOO_LONG = N_("This account’s films on TikTok last at most %(limit)s seconds. Shorten it.")
NO_SECOND = N_("“%(typed)s” is no second of the film. Type a number, for instance 2.")


def steps(purpose: str, content: Content, account: Account) -> tuple[str, ...]:
    if purpose != "post":
        raise ValueError(f"There is no {purpose!r} here.")
    return (PHOTOS,) if content.format == PHOTOS else ("post",)


def objections(content: Content) -> Sequence[Callable[[], object]]:
    """What does not depend on what the account may choose."""
    return (
        lambda: _paid_is_seen(content.options),
        lambda: _cover(content.options.get(options.COVER_SECOND, "")),
    )


def _paid_is_seen(chosen: Mapping[str, str]) -> None:
    if is_on(chosen, options.PAID) and chosen.get(options.PRIVACY, "") == options.ALONE:
        raise RejectedError(Message(NOT_ALONE), "paid_alone")


async def prepare(call: StepCall, api: Api) -> Mapping[str, Any]:
    """The account is asked anew before each post: that is TikTok's own rule."""
    info = {} if call.account.kind == INBOX else _info(call, await creator(api))
    if call.kind == PHOTOS:
        return {"body": _photos(call, info, api), "privacy": str(info.get("privacy_level", ""))}
    return await films.prepare(call, api, info)


def _info(call: StepCall, who: Creator) -> dict[str, Any]:
    """Raises RejectedError: a choice that this account has not, or two that do not go together."""
    chosen, is_film = call.content.options, call.kind != PHOTOS
    level, is_paid = chosen.get(options.PRIVACY, ""), is_on(chosen, options.PAID)
    if level not in who.levels:
        raise RejectedError(Message(NO_LEVEL), "privacy")
    _paid_is_seen(chosen)
    info: dict[str, Any] = {
        "privacy_level": level,
        "disable_comment": who.no_comments or not is_on(chosen, options.COMMENTS),
        "brand_content_toggle": is_paid,
        "brand_organic_toggle": is_on(chosen, options.OWN_BUSINESS),
    }
    return info | (_of_film(call, who) if is_film else {"auto_add_music": is_on(chosen, options.MUSIC)})


def _of_film(call: StepCall, who: Creator) -> dict[str, Any]:
    chosen, seconds = call.content.options, films.film_of(call).seconds
    if who.max_seconds and seconds > who.max_seconds:
        raise RejectedError(Message(TOO_LONG, {"limit": who.max_seconds}), "video_too_long")
    return {
        "disable_duet": who.no_duets or not is_on(chosen, options.DUETS),
        "disable_stitch": who.no_stitches or not is_on(chosen, options.STITCHES),
        "is_aigc": is_on(chosen, options.MADE_WITH_AI),
        **_cover(chosen.get(options.COVER_SECOND, "")),
    }


def _cover(typed: str) -> dict[str, int]:
    typed = typed.strip().replace(",", ".")
    if not typed:
        return {}
    try:
        return {"video_cover_timestamp_ms": int(float(typed) * 1000)}
    except (ValueError, OverflowError) as error:
        raise RejectedError(Message(NO_SECOND, {"typed": typed[:40]}), "cover_second") from error


def _photos(call: StepCall, info: Mapping[str, Any], api: Api) -> dict[str, Any]:
    """Their addresses are made anew for each attempt: they do not last."""
    addresses = [api.media_address(media) for media in call.media]
    return {
        "media_type": "PHOTO",
        "post_mode": "MEDIA_UPLOAD" if call.account.kind == INBOX else "DIRECT_POST",
        "post_info": {"title": call.content.title, "description": call.text, **info},
        "source_info": {"source": "PULL_FROM_URL", "photo_cover_index": 0, "photo_images": addresses},
    }


def request(call: StepCall, session: Mapping[str, str]) -> Request:
    if call.kind != PHOTOS:
        return films.last_piece(call.frozen)
    asked = posting(call.account.server, session, PHOTO_INIT, call.frozen["body"])
    return Request(asked.method, asked.url, asked.headers, asked.body, fresh_connection=True)


def remote_of(call: StepCall, publish_id: str) -> Remote:
    return Remote(
        publish_id,
        "",
        {LEVEL: str(call.frozen.get("privacy", "")), BEGAN_AT: call.instant.isoformat()},
    )
