"""Facebook Pages over a simulated network: the Graph API as its documentation of November 2026 tells it.

One host stands for all of Facebook's. Numbers come from `limits`; it counts by itself.
"""

import re

from tesselle.connectors.sandbox.contract import Operation, Sandbox
from tesselle.connectors.sandbox.graph.wire import account_of
from tesselle.networks.facebook.sandbox.app import make_app, open_account, own_answer

VERSION = r"/v\d+\.\d+"
NODE = r"[\w-]+"


def _operation(name: str, method: str, path: str) -> Operation:
    return Operation(name, method, re.compile(rf"^{VERSION}/{path}/*$"))


SANDBOX = Sandbox(
    slug="facebook",
    host="facebook.example",
    operations=(
        _operation("session", "POST", "oauth/access_token"),
        _operation("session", "GET", "oauth/access_token"),
        _operation("create", "POST", rf"{NODE}/(feed|photo_stories|comments)"),
        _operation("upload", "POST", rf"{NODE}/photos"),
        _operation("upload", "POST", r"video-upload/.+"),
        # Beginning and finishing a film have one address.
        _operation("prepare", "POST", rf"{NODE}/(videos|video_reels|video_stories)"),
        _operation("list", "GET", rf"{NODE}/(published_posts|stories)"),
        _operation("replies", "GET", rf"{NODE}/comments"),
        _operation("figures", "GET", rf"{NODE}/insights"),
        _operation("identify", "GET", r"(me|me/accounts|debug_token)"),
        _operation("read", "GET", NODE),
        _operation("edit", "POST", NODE),
        _operation("delete", "DELETE", NODE),
    ),
    make_app=make_app,
    own_answer=own_answer,
    account_of=account_of,
    open_account=open_account,
)
