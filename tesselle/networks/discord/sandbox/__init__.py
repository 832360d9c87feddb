"""A make-believe Discord: the webhook calls of its API over a simulated network."""

import re

from tesselle.connectors.sandbox.contract import Operation, Sandbox
from tesselle.networks.discord.sandbox.app import account_of, make_app, open_account, own_answer

_HOOK = r"/webhooks/\d+/[\w-]+"

SANDBOX = Sandbox(
    slug="discord",
    host="discord.example",
    operations=(
        Operation("create", "POST", re.compile(rf"{_HOOK}$")),
        Operation("edit", "PATCH", re.compile(rf"{_HOOK}/messages/\d+$")),
        Operation("delete", "DELETE", re.compile(rf"{_HOOK}/messages/\d+$")),
        Operation("read", "GET", re.compile(rf"{_HOOK}/messages/\d+$")),
        Operation("identify", "GET", re.compile(rf"{_HOOK}$")),
    ),
    make_app=make_app,
    own_answer=own_answer,
    account_of=account_of,
    open_account=open_account,
)
