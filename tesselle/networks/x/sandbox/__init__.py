"""X over a simulated network, written from its description as of August 2026 (OpenAPI 2.167).

It counts by itself: numbers come from `limits`, no counting code of the product is used.
"""

import re

from tesselle.connectors.sandbox.contract import Operation, Sandbox
from tesselle.networks.x.sandbox.app import account_of, make_app, open_account, own_answer


def _operation(name: str, method: str, path: str) -> Operation:
    return Operation(name, method, re.compile(rf"{path}$"))


SANDBOX = Sandbox(
    slug="x",
    host="x.example",
    operations=(
        _operation("create", "POST", "/2/tweets"),
        _operation("delete", "DELETE", r"/2/tweets/\d+"),
        _operation("upload", "POST", "/2/media/upload"),
        _operation("upload", "POST", "/2/media/upload/initialize"),
        _operation("prepare", "POST", r"/2/media/upload/\d+/append"),
        _operation("prepare", "POST", r"/2/media/upload/\d+/finalize"),
        _operation("prepare", "POST", "/2/media/metadata"),
        _operation("prepare", "GET", "/2/media/upload"),
        _operation("list", "GET", r"/2/users/\d+/tweets"),
        _operation("read", "GET", r"/2/tweets/\d+"),
        _operation("session", "POST", "/2/oauth2/token"),
        _operation("identify", "GET", "/2/users/me"),
        _operation("figures", "GET", "/2/tweets"),
        _operation("replies", "GET", "/2/tweets/search/recent"),
    ),
    make_app=make_app,
    own_answer=own_answer,
    account_of=account_of,
    open_account=open_account,
    # The simulated public names nobody, and an app answers only where its account was named.
    is_spoken_with=lambda account: False,
)
