"""TikTok over a simulated network: posting, uploads, status and films, as its pages of November 2026 tell.

One host stands for all of them. Numbers come from `limits`; it counts by itself. While the flag
`unaudited` is on, the application has not passed its audit.
"""

import re

from tesselle.connectors.sandbox.contract import Operation, Sandbox
from tesselle.networks.tiktok.sandbox.app import account_of, make_app, open_account, own_answer


def _operation(name: str, method: str, path: str) -> Operation:
    return Operation(name, method, re.compile(rf"^/{path}/?$"))


SANDBOX = Sandbox(
    slug="tiktok",
    host="tiktok.example",
    operations=(
        _operation("session", "POST", "v2/oauth/token"),
        _operation("create", "PUT", "video"),
        _operation("create", "POST", "v2/post/publish/content/init"),
        _operation("prepare", "POST", r"v2/post/publish/(inbox/)?video/init"),
        _operation("list", "POST", "v2/post/publish/status/fetch"),
        _operation("read", "POST", "v2/video/query"),
        _operation("figures", "POST", "v2/video/list"),
        _operation("identify", "GET", "v2/user/info"),
        _operation("identify", "POST", "v2/post/publish/creator_info/query"),
    ),
    make_app=make_app,
    own_answer=own_answer,
    account_of=account_of,
    open_account=open_account,
)
