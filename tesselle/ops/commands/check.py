"""`tesselle check`: what a network would say to a post, without sending anything."""

import argparse
from pathlib import Path
from typing import Any

from tesselle.connectors.fields import fields_for
from tesselle.connectors.objections import with_objections
from tesselle.domain.checks import check, counted, is_plannable
from tesselle.domain.content import Content
from tesselle.domain.messages import N_, Message
from tesselle.networks import Plugin, plugin, slugs
from tesselle.ops.cli import print_json
from tesselle.ops.commands.networks import plain_account
from tesselle.ops.errors import OpsError
from tesselle.ops.post_file import read_post_file


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--network", required=True, choices=slugs())
    parser.add_argument("--file", required=True, type=Path, help="the post as JSON")
    parser.add_argument("--json", action="store_true", help="one JSON object on the last line")


def run(options: argparse.Namespace) -> int:
    content, account_kind = read_post_file(options.file)
    answer = judged(plugin(options.network), content, account_kind)
    if options.json:
        print_json(answer)
    else:
        print(f"{answer['network']}: {answer['counted']} of {answer['limit']}")
        for finding in answer["findings"]:
            print(f"- {finding['message']} {finding['cure']}")
    return 0 if answer["ok"] else 1


def judged(network: Plugin, content: Content, account_kind: str) -> dict[str, Any]:
    """Without a kind, the network's first. `counted` and `limit` are those of the part with the least room left."""
    kinds = [kind.slug for kind in network.card.account_kinds]
    kind = account_kind or kinds[0]
    if kind not in kinds:
        sentence = N_("%(network)s has no account kind %(kind)s; it has: %(kinds)s.")
        raise OpsError(
            Message(sentence, {"network": network.card.name, "kind": kind, "kinds": ", ".join(kinds)})
        )
    account = plain_account(network, kind)
    limits = network.connector.limits(account)
    fields = fields_for(network.card, kind, limits, content.format)
    found = check(content, limits, options=fields)
    findings = with_objections(found, network.connector, content, account)
    tightest = min(counted(content, limits), key=lambda entry: entry.left, default=None)
    return {
        "network": network.card.slug,
        "ok": is_plannable(findings),
        "counted": tightest.counted if tightest else len(content.text),
        "limit": tightest.limit if tightest else None,
        "findings": [
            {"code": finding.code, "message": str(finding.message), "cure": str(finding.cure)}
            for finding in findings
        ],
    }
