"""Where one can post: the profile, and the communities that the account belongs to; and what each takes."""

from collections.abc import Iterator, Mapping
from typing import Any

from tesselle.connectors.api import AnswerError
from tesselle.connectors.card import Choice
from tesselle.connectors.protocols import Api
from tesselle.domain.content import Content
from tesselle.domain.errors import BlockedError, NetworkError, RejectedError
from tesselle.domain.messages import N_, Message
from tesselle.networks.reddit.options import COMMUNITY, FLAIR
from tesselle.networks.reddit.wire import ask, items

WITH_RULES = 20
"""Of so many communities the rules are read too: each costs a call, and a minute has a hundred."""
RULES_SIGNS = 300

OWN_PROFILE = N_("The account’s own profile: no moderators, no flair.")
NO_TEXTS = N_("This community takes links only. Add a link, or choose another community.")
NO_LINKS = N_("This community takes text only. Put the address into the text, or choose another community.")
NO_IMAGES = N_("This community takes no pictures. Leave them out, or choose another community.")
NO_GALLERIES = N_("This community takes one picture only. Keep one, or choose another community.")
NO_FILMS = N_("This community takes no films. Choose another community.")
BANNED = N_("This account is banned from the community. Choose another one.")
NEEDS_FLAIR = N_("This community insists on a flair. Choose one of its list.")
NO_BODY = N_("This community wants posts without text. Leave the text out.")
NEEDS_BODY = N_("This community wants a text below the title.")
TITLE_LENGTH = N_("This community wants titles of %(least)s to %(most)s signs.")
TITLE_WORDS = N_("This community wants one of these in the title: %(words)s.")
TITLE_BARRED = N_("This community does not want “%(word)s” in a title.")


async def choices(option: str, chosen: Mapping[str, str], api: Api) -> tuple[Choice, ...]:
    if option == COMMUNITY:
        return await _communities(api)
    community = chosen.get(COMMUNITY, "")
    return await _flairs(community, api) if option == FLAIR and community else ()


async def _communities(api: Api) -> tuple[Choice, ...]:
    found = [Choice(profile(api), f"u/{api.account.handle}", OWN_PROFILE)]
    async for one in items(api, "/subreddits/mine/subscriber"):
        name = str(one.get("display_name") or "")
        if name and not one.get("user_is_banned") and name.lower() != profile(api).lower():
            rules = await _rules(name, api) if len(found) <= WITH_RULES else ""
            found.append(Choice(name, f"r/{name}", rules))
    return tuple(found)


def profile(api: Api) -> str:
    """A profile is a community under this name."""
    return f"u_{api.account.handle}"


async def _rules(name: str, api: Api) -> str:
    """Their names, in the community's own words."""
    try:
        told = await ask(api, f"/r/{name}/about/rules")
    except (NetworkError, ValueError):
        return ""
    rules = told.get("rules") if isinstance(told, Mapping) else None
    names = [str(one.get("short_name") or "") for one in rules or () if isinstance(one, Mapping)]
    return " · ".join(name for name in names if name)[:RULES_SIGNS]


async def _flairs(community: str, api: Api) -> tuple[Choice, ...]:
    """A community without flair refuses to tell (403)."""
    try:
        told = await ask(api, f"/r/{community}/api/link_flair_v2")
    except (RejectedError, BlockedError):
        return ()
    except AnswerError as error:
        if error.response.status != 403:
            raise
        return ()
    flairs = [one for one in told if isinstance(one, Mapping)] if isinstance(told, list) else []
    return tuple(
        Choice(str(one["id"]), str(one.get("text") or one["id"]))
        for one in flairs
        if one.get("id") and not one.get("mod_only")
    )


async def check(content: Content, api: Api) -> None:
    """Ask the community what it takes, before anything is sent. Raises RejectedError with the cure."""
    community = content.options.get(COMMUNITY, "")
    about = await ask(api, f"/r/{community}/about")
    told = about.get("data") if isinstance(about, Mapping) else None
    required = await ask(api, f"/api/v1/{community}/post_requirements")
    for message, code in _objections(content, told or {}, required if isinstance(required, Mapping) else {}):
        raise RejectedError(message, code)


def _objections(
    content: Content, about: Mapping[str, Any], required: Mapping[str, Any]
) -> Iterator[tuple[Message, str]]:
    if about.get("user_is_banned"):
        yield Message(BANNED), "banned"
    yield from _of_kind(content, about)
    yield from _of_words(content, required)
    if required.get("is_flair_required") and not content.options.get(FLAIR):
        yield Message(NEEDS_FLAIR), "flair_missing"


def _of_kind(content: Content, about: Mapping[str, Any]) -> Iterator[tuple[Message, str]]:
    """What is not told is allowed."""
    kind = about.get("submission_type") or "any"
    images = sum(one.kind == "image" for one in content.media)
    if any(one.kind == "video" for one in content.media):
        if about.get("allow_videos") is False:
            yield Message(NO_FILMS), "no_films"
    elif images:
        if about.get("allow_images") is False:
            yield Message(NO_IMAGES), "no_images"
        if images > 1 and about.get("allow_galleries") is False:
            yield Message(NO_GALLERIES), "no_galleries"
    elif content.link and kind == "self":
        yield Message(NO_LINKS), "no_links"
    elif not content.link and kind == "link":
        yield Message(NO_TEXTS), "no_texts"


def _of_words(content: Content, required: Mapping[str, Any]) -> Iterator[tuple[Message, str]]:
    least, most = required.get("title_text_min_length") or 0, required.get("title_text_max_length") or 300
    if not least <= len(content.title) <= most:
        yield Message(TITLE_LENGTH, {"least": least, "most": most}), "title_length"
    title = content.title.casefold()
    wanted = [str(word) for word in required.get("title_required_strings") or ()]
    if wanted and not any(word.casefold() in title for word in wanted):
        yield Message(TITLE_WORDS, {"words": ", ".join(wanted)[:200]}), "title_words"
    for word in required.get("title_blacklisted_strings") or ():
        if str(word).casefold() in title:
            yield Message(TITLE_BARRED, {"word": str(word)[:100]}), "title_barred"
    policy = required.get("body_restriction_policy")
    if policy == "notAllowed" and content.text:
        yield Message(NO_BODY), "body_not_allowed"
    if policy == "required" and not content.text:
        yield Message(NEEDS_BODY), "body_missing"
