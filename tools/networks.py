"""Write docs/networks.md from the cards and connectors; with --check, fail if it is not fresh.

`python tools/networks.py [--check]`
"""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
PAGE = ROOT / "docs/networks.md"

HEAD = """\
# The networks

Written by `python tools/networks.py` from each network's card and connector; `tesselle networks --json` tells the same.
How to add one: [guides/adding-a-network.md](guides/adding-a-network.md).

## What each can do

*Read back*: the green tick is possible. *Figures*: of posts, of the channel, or both. *Answers to*:
on some of its account kinds there may be fewer.

"""
FILES = """
## What files each takes

Tesselle makes a photo or film of a phone fit these by itself. *Unconfirmed*: not from the network's own documentation.

"""
DOUBT = """
## What settles a doubt

When the answer to a call gets lost: *key*, the call is repeated under the same key; *witness*, an id got before tells;
*lookup*, what is there is listed and compared; *none*, nobody can tell, and a person is asked.

"""
TESTED = """
## What we did not write that each is tested against

*real*: a server of other people's making; *sdk*: a client or library; *schema*, *fixtures*: a description, where
nothing else can be had.

"""
ABILITIES = (
    ("image", "pictures"),
    ("video", "films"),
    ("alt_text", "alternative text"),
    ("thread", "threads"),
    ("verify", "read back"),
    ("edit", "edits"),
    ("delete", "deletions"),
    ("measure", "figures"),
    ("discuss", "answers to"),
    ("history", "history"),
)


def page() -> str:
    from tesselle.networks import plugin, slugs
    from tesselle.ops.commands.networks import told_of

    told = [(plugin(slug).card.name, told_of(plugin(slug))) for slug in slugs()]
    text = HEAD + _table(("network", *(name for _, name in ABILITIES)), _can(told))
    heads = (
        "network",
        "account kinds",
        "format",
        "files",
        "most",
        "types",
        "up to",
        "lasting",
        "width : height",
    )
    text += FILES + _table(heads, _files())
    text += DOUBT + _table(("network", "account kinds", "step", "by"), _doubt(told))
    return text + TESTED + _table(("network", "how", "what", "test"), _tested(told))


def _can(told: list[tuple[str, dict[str, Any]]]) -> Iterator[tuple[str, ...]]:
    for name, network in told:
        can = dict.fromkeys(network["abilities"], "yes") | {"discuss": ", ".join(network["discussed"])}
        yield name, *(can.get(ability, "") for ability, _ in ABILITIES)


def _files() -> Iterator[tuple[str, ...]]:
    """One row for the kinds of account whose limits are alike."""
    from tesselle.connectors.protocols import Account
    from tesselle.connectors.takes import rows
    from tesselle.networks import plugin, slugs

    for slug in slugs():
        plug = plugin(slug)
        alike: dict[tuple[tuple[str, ...], ...], list[str]] = {}
        for kind in plug.card.account_kinds:
            limits = plug.connector.limits(Account(kind.slug, "", "", ""))
            usual = kind.formats[0].slug if kind.formats else ""
            alike.setdefault(tuple(_file(one, usual) for one in rows(limits)), []).append(kind.slug)
        for told, kinds in alike.items():
            for row in told:
                yield plug.card.name, ", ".join(kinds), *row


def _file(one: Any, usual: str) -> tuple[str, ...]:
    size = f"{one.max_bytes / 1_000_000:,.0f} MB" if one.max_bytes else ""
    narrow, wide = one.ratio
    seconds = " to ".join(f"{number:g} s" for number in (one.min_seconds, one.max_seconds) if number)
    lasting = f"{one.max_pages} pages" if one.max_pages else seconds
    types = ", ".join(one.mimes) or "any"
    return (
        one.format or usual,
        {"image": "pictures", "video": "films", "document": "documents"}[one.kind],
        str(one.most),
        types if one.confirmed else f"{types} (unconfirmed)",
        size,
        lasting,
        " to ".join(f"{number:.2f}" for number in (narrow, wide) if number),
    )


def _doubt(told: list[tuple[str, dict[str, Any]]]) -> Iterator[tuple[str, ...]]:
    """One row for the steps and kinds of account that are settled alike."""
    for name, network in told:
        alike: dict[tuple[str, ...], list[str]] = {}
        for kind in network["account_kinds"]:
            rows = [row for row in network["reconciliation"] if row["account_kind"] == kind]
            alike.setdefault(tuple(f"{row['step']} {row['kind']}" for row in rows), []).append(kind)
        for steps, kinds in alike.items():
            by: dict[str, list[str]] = {}
            for step, kind in (one.split() for one in steps):
                by.setdefault(kind, []).append(step)
            for kind, names in by.items():
                yield name, ", ".join(kinds), ", ".join(names), kind


def _tested(told: list[tuple[str, dict[str, Any]]]) -> Iterator[tuple[str, ...]]:
    for name, network in told:
        for proof in network["tested_against"]:
            yield name, proof["how"], proof["what"], f"`{proof['test']}`"


def _table(head: tuple[str, ...], rows: Iterator[tuple[str, ...]]) -> str:
    lines = [head, ("---",) * len(head), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def main() -> int:
    if "--check" in sys.argv:
        fresh = PAGE.read_text() == page()
        print(
            "docs/networks.md is fresh." if fresh else "docs/networks.md is stale: python tools/networks.py"
        )
        return 0 if fresh else 1
    PAGE.write_text(page())
    return 0


if __name__ == "__main__":
    sys.exit(main())
