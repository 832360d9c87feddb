"""Reddit over a simulated network: communities, posts, comments, a store for files, and its sign-in.

Written from praw 8.0.3 and reddit-archive/reddit (2017); driven by praw in `tests/real/test_reddit.py`.
It counts by itself: only numbers come from `limits`.
"""

import re

from tesselle.connectors.sandbox.contract import Operation, Sandbox
from tesselle.networks.reddit.sandbox.app import account_of, make_app, open_account, own_answer


def _operation(name: str, method: str, path: str) -> Operation:
    return Operation(name, method, re.compile(rf"{path}/?$"))


SANDBOX = Sandbox(
    slug="reddit",
    host="reddit.example",
    operations=(
        _operation("create", "POST", "/api/submit"),
        _operation("create", "POST", r"/api/submit_gallery_post\.json"),
        _operation("create", "POST", "/api/comment"),
        _operation("edit", "POST", "/api/editusertext"),
        _operation("delete", "POST", "/api/del"),
        _operation("upload", "POST", "/reddit-uploaded-media/[^/]+"),
        _operation("prepare", "POST", r"/api/media/asset\.json"),
        _operation("prepare", "GET", "/api/v1/[^/]+/post_requirements"),
        _operation("list", "GET", "/user/[^/]+/(submitted|comments)"),
        _operation("read", "GET", "/api/info"),
        _operation("replies", "GET", "/comments/[^/]+"),
        _operation("figures", "GET", "/user/[^/]+/about"),
        _operation("session", "POST", "/api/v1/access_token"),
        _operation("identify", "GET", "/api/v1/me"),
    ),
    make_app=make_app,
    own_answer=own_answer,
    account_of=account_of,
    open_account=open_account,
)
