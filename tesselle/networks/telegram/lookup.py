"""Finding a post again through the discussion group.

What Telegram tells of a forward: text, kind of media, instant, and the signature where the channel
shows one; never which program sent it. Only the bot's own signature tells our post from the same
words posted by hand: on a channel that does not sign, a person is asked; see README.
"""

from collections.abc import Sequence
from itertools import groupby

from tesselle.connectors.protocols import Account, Api, StepCall, Window
from tesselle.domain.errors import NetworkError, TryLaterError
from tesselle.domain.verdicts import Candidate, Presence, Present, Remote, Seen, Sighting, Silent
from tesselle.networks.telegram.records import chat_and_number, has_discussion, numbers, post_remote
from tesselle.networks.telegram.sending import written
from tesselle.networks.telegram.updates import Forward, forwards, pending

_BLIND = "the bot sits in no discussion group of this channel"


def silence(error: NetworkError) -> Silent:
    """A look that failed itself."""
    until = error.until if isinstance(error, TryLaterError) else None
    return Silent(str(error), until)


async def look_up(call: StepCall, api: Api, window: Window) -> Sighting:
    """What the discussion group shows of a doubtful post."""
    if call.kind not in {"post", "part"} or not has_discussion(call.account):
        return Silent(_BLIND)
    try:
        seen = await pending(api)
    except NetworkError as error:
        return silence(error)
    found = []
    for post in _posts(list(forwards(seen, call.account))):
        if not _could_be(call, post, window):
            continue
        if len(post) < len(call.media):
            return Silent("an album is still arriving in the discussion group")
        found.append(_candidate(call, post))
    if found:
        return Seen(tuple(found))
    if seen.full:
        return Silent("more updates wait than can be read")
    if not seen.reaches_back_to(window.start, api.now):
        return Silent("Telegram no longer keeps the updates of that hour")
    return Seen()


def _posts(found: Sequence[Forward]) -> list[list[Forward]]:
    """The items of an album follow one another."""
    grouped = groupby(found, key=lambda forward: forward.album or forward.number)
    return [sorted(items, key=lambda forward: forward.number) for _, items in grouped]


def _could_be(call: StepCall, post: Sequence[Forward], window: Window) -> bool:
    first = post[0]
    text = next((forward.text for forward in post if forward.text), "")
    parent = int(call.earlier[-1].id) if call.kind == "part" and call.earlier else None
    return (
        window.start <= first.posted_at <= window.end
        and not any(str(forward.number) in window.adopted for forward in post)
        and text == written(call)
        and (first.parent is None or first.parent == parent)
        and bool(first.kind) == bool(call.media)
    )


def _candidate(call: StepCall, post: Sequence[Forward]) -> Candidate:
    kinds = ["photo" if media.kind == "image" else "video" for media in call.media] or [""]
    bot_name = call.account.facts.get("bot_name", "")
    same_media = [forward.kind for forward in post] == kinds
    text = written(call)  # pictures without a word have no fingerprint
    certain = bool(text and bot_name) and same_media and post[0].signature == bot_name
    return Candidate(remote_of(call.account, post), post[0].posted_at, certain, text)


def remote_of(account: Account, post: Sequence[Forward]) -> Remote:
    kind = "caption" if post[0].kind else "text"
    ids = [forward.number for forward in post]
    return post_remote(account, ids, kind=kind, copy=str(post[0].copy_id))


async def verify(remote: Remote, api: Api) -> Presence:
    """Present once the discussion group shows it. Its absence there says nothing: updates go."""
    chat, _ = chat_and_number(remote, api.account)
    if not has_discussion(api.account) or chat != api.account.remote_id:
        return Silent(_BLIND)
    try:
        seen = await pending(api)
    except NetworkError as error:
        return silence(error)
    wanted = set(numbers(remote))
    for forward in forwards(seen, api.account):
        if forward.number in wanted:
            return Present(Remote(remote.id, remote.url, {**remote.extra, "copy": str(forward.copy_id)}))
    return Silent("the discussion group has not shown it")
