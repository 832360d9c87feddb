"""Mastodon and its cousins over a simulated network: one make-believe server each.

Written from the servers' documentation and source as of July 2026. It counts by itself: numbers
come from `limits`, no counting code of the product is used.
"""

import re

from tesselle.connectors.sandbox.contract import Operation, Sandbox
from tesselle.networks.mastodon.sandbox.app import account_of, make_app, open_account, own_answer


def _operation(name: str, method: str, path: str) -> Operation:
    return Operation(name, method, re.compile(rf"{path}$"))


SANDBOX = Sandbox(
    slug="mastodon",
    host="mastodon.example",
    operations=(
        _operation("create", "POST", "/api/v1/statuses"),
        _operation("edit", "PUT", r"/api/v1/statuses/\d+"),
        _operation("delete", "DELETE", r"/api/v1/statuses/\d+"),
        _operation("upload", "POST", "/api/v[12]/media"),
        _operation("list", "GET", r"/api/v1/accounts/\d+/statuses"),
        _operation("read", "GET", r"/api/v1/statuses/\d+"),
        _operation("session", "POST", "/oauth/token"),
        _operation("identify", "GET", "/api/v1/accounts/verify_credentials"),
        _operation("figures", "GET", "/api/v1/statuses"),
        _operation("replies", "GET", r"/api/v1/statuses/\d+/context"),
        _operation("replies", "GET", "/api/v1/conversations"),
        _operation("prepare", "GET", r"/api/v1/media/\d+"),
        _operation("people", "GET", "/api/v1/accounts/search"),
    ),
    make_app=make_app,
    own_answer=own_answer,
    account_of=account_of,
    open_account=open_account,
)
