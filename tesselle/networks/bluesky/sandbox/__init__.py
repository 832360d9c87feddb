"""A Bluesky server (PDS and AppView in one) over a simulated network.

What it answers was measured on the reference PDS 0.5.35 in November 2026. It counts by itself:
numbers come from `limits`, no counting code of the product is used.
"""

import re

from tesselle.connectors.sandbox.contract import Operation, Sandbox
from tesselle.networks.bluesky.sandbox.accounts import account_of, open_account
from tesselle.networks.bluesky.sandbox.app import make_app, own_answer

HOST = "bluesky.example"


def _operation(name: str, method: str, *methods: str) -> Operation:
    names = "|".join(re.escape(one) for one in methods)
    return Operation(name, method, re.compile(rf"^/xrpc/({names})$"))


SANDBOX = Sandbox(
    slug="bluesky",
    host=HOST,
    operations=(
        _operation(
            "create",
            "POST",
            "com.atproto.repo.putRecord",
            "com.atproto.repo.createRecord",
            "com.atproto.repo.applyWrites",
        ),
        _operation("delete", "POST", "com.atproto.repo.deleteRecord"),
        _operation("upload", "POST", "com.atproto.repo.uploadBlob"),
        _operation("list", "GET", "com.atproto.repo.listRecords"),
        _operation("read", "GET", "com.atproto.repo.getRecord"),
        _operation(
            "session", "POST", "com.atproto.server.createSession", "com.atproto.server.refreshSession"
        ),
        _operation("identify", "GET", "com.atproto.server.describeServer"),
        _operation("figures", "GET", "app.bsky.feed.getPosts", "app.bsky.actor.getProfile"),
        _operation("replies", "GET", "app.bsky.feed.getPostThread"),
        _operation("prepare", "GET", "com.atproto.identity.resolveHandle"),
        _operation("people", "GET", "app.bsky.actor.searchActorsTypeahead"),
    ),
    make_app=make_app,
    own_answer=own_answer,
    account_of=account_of,
    open_account=open_account,
)
