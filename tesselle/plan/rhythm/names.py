"""What channels are called in a table: names as people type them, several in one cell."""

import re
from collections.abc import Iterable, Sequence

from tesselle.channels.models import Channel
from tesselle.channels.pages import network_name
from tesselle.workspaces.models import Workspace

_MARK = re.compile(r"([,;|])")
_MARK_WITH_SPACES = re.compile(r"\s*([,;|])\s*")


def folded(name: str) -> str:
    """As people type it in a spreadsheet: any case, the straight apostrophe of a keyboard, ordinary spaces."""
    return " ".join(name.replace("’", "'").casefold().split())


class ChannelNames:
    """The names by which a table may call these channels; one that several have means each of them."""

    def __init__(self, channels: Iterable[Channel]) -> None:
        self._called: dict[str, dict[int, Channel]] = {}
        for channel in channels:
            network = network_name(channel.network)
            for name in (channel.network, network, *_own_names(channel)):
                if key := _key(name):
                    self._called.setdefault(key, {})[channel.pk] = channel
        self._most_marks = max((len(_MARK.findall(key)) for key in self._called), default=0)

    @classmethod
    def of(cls, workspace: Workspace) -> "ChannelNames":
        return cls(Channel.objects.filter(workspace=workspace, removed_at=None))

    def read(self, text: str) -> tuple[tuple[Channel, ...], tuple[str, ...]]:
        """The channels that are meant, and whatever calls none.

        A comma parts two names, or belongs to one: the longest name that is known wins. Unknown words with
        commas between them are one unknown, since nobody can tell what those commas were meant for.
        """
        pieces = _MARK.split(text)  # words, and between any two of them their mark
        found: dict[int, Channel] = {}
        unknown: list[str] = []
        at, goes_on = 0, False
        while at < len(pieces):
            end = self._end_of_name(pieces, at)
            if end:
                found |= self._called[_key("".join(pieces[at:end]))]
            elif goes_on and pieces[at - 1] == ",":
                unknown[-1] += f",{pieces[at]}"
            elif pieces[at].strip():
                unknown.append(pieces[at])
            goes_on = not end and (goes_on or bool(pieces[at].strip()))
            at = (end or at + 1) + 1
        return tuple(found.values()), tuple(one.strip(" \t\n,") for one in unknown)

    def _end_of_name(self, pieces: Sequence[str], at: int) -> int:
        """Where the longest known name that begins there ends; 0: none does."""
        furthest = min(at + 1 + 2 * self._most_marks, len(pieces))
        ends = range(furthest, at, -2)
        return next((end for end in ends if _key("".join(pieces[at:end])) in self._called), 0)

    def write(self, channel: Channel) -> str:
        """What `read` takes for this channel alone: its name, with more to it where others share it."""
        names = [name for name in _own_names(channel) if name]
        return next((name for name in names if self.read(name) == ((channel,), ())), names[0])


def _own_names(channel: Channel) -> tuple[str, ...]:
    network = network_name(channel.network)
    name = channel.display_name or channel.handle
    return name, channel.named, channel.handle, f"{channel.handle} ({network})"


def _key(name: str) -> str:
    """What two spellings of a name have in common."""
    return _MARK_WITH_SPACES.sub(r"\1", folded(name)).lstrip("@")
