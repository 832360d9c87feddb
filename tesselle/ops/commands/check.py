"""`tesselle check`: what a network would say to a post, without sending anything."""

import argparse
import json
from pathlib import Path
from typing import Any

from tesselle.connectors.fields import fields_for
from tesselle.domain.checks import check, counted, is_plannable
from tesselle.domain.content import Content
from tesselle.domain.messages import N_, Message
from tesselle.networks import Plugin, plugin, slugs
from tesselle.ops.cli import print_json
from tesselle.ops.commands.networks import plain_account
from tesselle.ops.errors import OpsError


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--network", required=True, choices=slugs())
    parser.add_argument("--file", required=True, type=Path, help="the post as JSON")
    parser.add_argument("--json", action="store_true", help="one JSON object on the last line")


def run(options: argparse.Namespace) -> int:
    answer = judged(plugin(options.network), _read(options.file))
    if options.json:
        print_json(answer)
    else:
        print(f"{answer['network']}: {answer['counted']} of {answer['limit']}")
        for finding in answer["findings"]:
            print(f"- {finding['message']} {finding['cure']}")
    return 0 if answer["ok"] else 1


def judged(network: Plugin, post: dict[str, Any]) -> dict[str, Any]:
    """`counted` and `limit` are those of the part with the least room left."""
    kinds = [kind.slug for kind in network.card.account_kinds]
    kind = str(post.get("account_kind") or kinds[0])
    if kind not in kinds:
        sentence = N_("%(network)s has no account kind %(kind)s; it has: %(kinds)s.")
        raise OpsError(
            Message(sentence, {"network": network.card.name, "kind": kind, "kinds": ", ".join(kinds)})
        )
    content = _content(post)
    limits = network.connector.limits(plain_account(network, kind))
    fields = fields_for(network.card, kind, limits, content.format)
    findings = check(content, limits, options=fields)
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


def _content(post: dict[str, Any]) -> Content:
    try:
        return Content.from_json(post)
    except (TypeError, ValueError, AttributeError) as error:
        raise OpsError(Message(N_("The post cannot be read: %(reason)s."), {"reason": str(error)})) from error


def _read(path: Path) -> dict[str, Any]:
    try:
        post = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        reason = error.strerror or str(error)
        sentence = N_("%(path)s cannot be read (%(reason)s).")
        raise OpsError(Message(sentence, {"path": str(path), "reason": reason})) from error
    except ValueError as error:
        sentence = N_("%(path)s is not JSON (%(reason)s).")
        raise OpsError(Message(sentence, {"path": str(path), "reason": str(error)})) from error
    if not isinstance(post, dict):
        raise OpsError(Message(N_("%(path)s must hold one JSON object."), {"path": str(path)}))
    return post
