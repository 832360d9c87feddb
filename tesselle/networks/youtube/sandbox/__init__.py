"""YouTube over a simulated network: its Data API, uploads in pieces, Analytics, Google's sign-in.

Written from Google's documentation and discovery document 20261104; driven by Google's own client in
`tests/test_sdk.py`. It counts by itself: only numbers come from `limits`.
"""

import re

from tesselle.connectors.sandbox.contract import Operation, Sandbox
from tesselle.connectors.sandbox.google import account_of
from tesselle.networks.youtube.sandbox.app import make_app, open_account, own_answer


def _operation(name: str, method: str, path: str, part: str = "") -> Operation:
    """`part`: what is read or written; the same address serves for several things."""
    query = re.compile(rf"(?:^|&)part={part}(?:&|$)") if part else None
    return Operation(name, method, re.compile(rf"{path}$"), query)


SANDBOX = Sandbox(
    slug="youtube",
    host="youtube.example",
    operations=(
        _operation("create", "PUT", "/youtube/v3/videos", "status"),
        _operation("create", "POST", "/youtube/v3/(?:commentThreads|comments)"),
        _operation("edit", "PUT", "/youtube/v3/videos", "snippet"),
        _operation("delete", "DELETE", "/youtube/v3/(?:videos|comments)"),
        _operation("upload", "POST", "/upload/youtube/v3/(?:videos|thumbnails/set)"),
        _operation("upload", "PUT", "/upload/youtube/v3/videos"),
        _operation("prepare", "GET", "/youtube/v3/videos", "id%2Cstatus%2CprocessingDetails"),
        _operation("prepare", "POST", "/youtube/v3/playlistItems"),
        _operation("list", "GET", "/youtube/v3/videos", "status"),
        _operation("list", "GET", "/youtube/v3/playlistItems"),
        _operation("read", "GET", "/youtube/v3/videos", "status%2CprocessingDetails"),
        _operation("read", "GET", "/youtube/v3/comments", "id"),
        _operation("figures", "GET", "/youtube/v3/(?:videos|channels)", "statistics"),
        _operation("figures", "GET", "/v2/reports"),
        _operation("replies", "GET", "/youtube/v3/(?:commentThreads|comments)"),
        _operation("session", "POST", "/token"),
        _operation("identify", "GET", "/youtube/v3/channels"),
    ),
    make_app=make_app,
    own_answer=own_answer,
    account_of=account_of,
    open_account=open_account,
)
