"""Instagram over a simulated network: both logins, containers, comments, as Meta's pages of November 2026 tell.

One host stands for all of them. Numbers come from `limits`; it counts by itself.
"""

import re

from tesselle.connectors.sandbox.contract import Operation, Sandbox
from tesselle.connectors.sandbox.graph.wire import account_of
from tesselle.networks.instagram.sandbox.app import make_app, open_account, own_answer

NODE = r"[\w-]+"


def _operation(name: str, method: str, path: str) -> Operation:
    return Operation(name, method, re.compile(rf"^(/v\d+\.\d+)?/{path}/*$"))


SANDBOX = Sandbox(
    slug="instagram",
    host="instagram.example",
    operations=(
        _operation("session", "POST", "oauth/access_token"),
        _operation("session", "GET", r"(oauth/access_token|access_token|refresh_access_token)"),
        _operation("create", "POST", rf"{NODE}/(media_publish|comments|replies)"),
        _operation("prepare", "POST", rf"{NODE}/media"),
        _operation("list", "GET", rf"{NODE}/(media|stories)"),
        _operation("replies", "GET", rf"{NODE}/comments"),
        _operation("figures", "GET", rf"{NODE}/insights"),
        _operation("identify", "GET", r"(me|me/accounts|debug_token)"),
        _operation("list", "GET", "pages/search"),
        _operation("read", "GET", NODE),
        _operation("delete", "DELETE", NODE),
    ),
    make_app=make_app,
    own_answer=own_answer,
    account_of=account_of,
    open_account=open_account,
)
