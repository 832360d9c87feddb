"""Threads over a simulated network: sign-in, containers, conversations, as Meta's pages of 2026 tell.

Paths are known with and without the version. Numbers come from `limits`; it counts by itself.
"""

import re

from tesselle.connectors.sandbox.contract import Operation, Sandbox
from tesselle.connectors.sandbox.graph.wire import account_of
from tesselle.networks.threads.sandbox.app import make_app, open_account, own_answer

NODE = r"[\w~-]+"


def _operation(name: str, method: str, path: str) -> Operation:
    return Operation(name, method, re.compile(rf"^(/v\d+\.\d+)?/{path}/*$"))


SANDBOX = Sandbox(
    slug="threads",
    host="threads.example",
    operations=(
        _operation("session", "POST", "oauth/access_token"),
        _operation("session", "GET", r"(oauth/access_token|access_token|refresh_access_token)"),
        _operation("create", "POST", rf"{NODE}/threads_publish"),
        _operation("prepare", "POST", rf"{NODE}/threads"),
        _operation("prepare", "GET", rf"{NODE}/threads_publishing_limit"),
        _operation("edit", "POST", rf"{NODE}/manage_reply"),
        _operation("list", "GET", r"me/(threads|replies)"),
        _operation("replies", "GET", rf"{NODE}/(conversation|replies)"),
        _operation("figures", "GET", rf"{NODE}/(insights|threads_insights)"),
        _operation("identify", "GET", r"(me|debug_token)"),
        _operation("read", "GET", NODE),
        _operation("delete", "DELETE", NODE),
    ),
    make_app=make_app,
    own_answer=own_answer,
    account_of=account_of,
    open_account=open_account,
)
