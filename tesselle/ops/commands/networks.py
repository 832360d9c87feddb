"""`tesselle networks`: what each network offers, read from its card and its connector."""

import argparse
from typing import Any

from tesselle.connectors.card import Ability
from tesselle.connectors.offers import offers
from tesselle.connectors.protocols import Account
from tesselle.domain.content import Content
from tesselle.networks import Plugin, plugin, slugs
from tesselle.ops.cli import print_json

# Which purposes a network has, by what its card says it can do.
PURPOSES = {
    Ability.PUBLISH: "post",
    Ability.DISCUSS: "answer",
    Ability.EDIT: "edit",
    Ability.DELETE: "delete",
}


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


def _reconciliation(network: Plugin, kind: str) -> list[dict[str, Any]]:
    account = plain_account(network, kind)
    parts = ("…",) if Ability.THREAD in network.card.abilities else ()
    steps = dict.fromkeys(
        step
        for ability, purpose in PURPOSES.items()
        if ability in network.card.abilities and offers(network.connector, purpose, account)
        for step in network.connector.steps(purpose, Content("…", parts=parts), account)
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
