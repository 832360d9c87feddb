"""`tesselle networks`: what each network offers, read from its card and its connector."""

import argparse
from collections.abc import Iterator
from typing import Any

from tesselle.connectors.card import Ability
from tesselle.connectors.offers import offers
from tesselle.connectors.protocols import Account
from tesselle.domain.content import FORMAT, Content, Media
from tesselle.networks import Plugin, plugin, slugs
from tesselle.ops.cli import print_json

# Which purposes a network has, by what its card says it can do.
PURPOSES = {
    Ability.PUBLISH: "post",
    Ability.DISCUSS: "answer",
    Ability.EDIT: "edit",
    Ability.DELETE: "delete",
}


PICTURE = Media("image", "image/jpeg", 1, 1080, 1080)
FILM = Media("video", "video/mp4", 1, 1080, 1920, 10.0)


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="one JSON object on the last line")


def run(options: argparse.Namespace) -> int:
    told = [told_of(plugin(slug)) for slug in slugs()]
    if options.json:
        print_json({"networks": told})
        return 0
    for network in told:
        print(f"{network['slug']}: {', '.join(network['abilities'])}")
        for row in network["reconciliation"]:
            print(f"  {row['step']:7} {row['account_kind']:11} doubt is settled by {row['kind']}")
        for proof in network["tested_against"]:
            print(f"  tested against {proof['what']} ({proof['how']}): {proof['test']}")
    return 0


def told_of(network: Plugin) -> dict[str, Any]:
    card = network.card
    kinds = [kind.slug for kind in card.account_kinds]
    return {
        "slug": card.slug,
        "account_kinds": kinds,
        "abilities": sorted(card.abilities),
        "discussed": [kind.value for kind in card.discussed] if Ability.DISCUSS in card.abilities else [],
        "reconciliation": [row for kind in kinds for row in _reconciliation(network, kind)],
        "tested_against": [
            {"how": proof.how, "what": proof.what, "test": proof.test} for proof in card.tested_against
        ],
    }


def plain_account(network: Plugin, kind: str) -> Account:
    """An account of which nothing is known but its kind: the network's usual limits hold."""
    return Account(kind=kind, remote_id="", handle="", server=network.card.home)


def _contents(network: Plugin, account: Account) -> Iterator[Content]:
    """One of each shape that makes steps of its own: a thread, a first comment, a film, a choice, each form."""
    chosen = {one.name: "1" for one in network.card.options if one.kind == "remote_choice"}
    parts = ("…",) if Ability.THREAD in network.card.abilities else ()
    for slug, limits in network.connector.limits(account).each():
        options = {FORMAT: slug} if slug else {}
        yield Content("…", parts=parts, options=options)
        if limits.first_comment is not None:
            yield Content("…", options=options | {"first_comment": "…"})
        pictures = (PICTURE,) if limits.image is not None else ()
        films = (FILM,) if limits.video is not None else ()
        both = (*films, *pictures) if limits.mixes_media else ()
        for media in dict.fromkeys(some for some in (pictures, films, both) if some):
            yield Content("…", media=media, options=options)
            yield Content("…", media=media, options=options | chosen)


def _reconciliation(network: Plugin, kind: str) -> list[dict[str, Any]]:
    account = plain_account(network, kind)
    steps = dict.fromkeys(
        step
        for ability, purpose in PURPOSES.items()
        if ability in network.card.abilities and offers(network.connector, purpose, account)
        for content in (_contents(network, account) if purpose == "post" else (Content("…"),))
        for step in network.connector.steps(purpose, content, account)
    )
    rows = []
    for step in steps:
        found = network.connector.reconciliation(step, account)
        rows.append(
            {
                "step": step,
                "account_kind": kind,
                "kind": found.kind.value,
                "valid_for_s": found.valid_for_s,
                "settle_seconds": found.settle_seconds,
            }
        )
    return rows
