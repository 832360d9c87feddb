"""Pinterest over a simulated network: boards, pins, films and the pages on which one signs in.

Written from pinterest/api-description 5.23.0 (December 2025); driven by Pinterest's own SDK in
`tests/real/test_pinterest.py`. It counts by itself: only numbers come from `limits`.
"""

import re

from tesselle.connectors.sandbox.contract import Operation, Sandbox
from tesselle.networks.pinterest.sandbox.app import account_of, make_app, open_account, own_answer


def _operation(name: str, method: str, path: str) -> Operation:
    return Operation(name, method, re.compile(rf"{path}$"))


SANDBOX = Sandbox(
    slug="pinterest",
    host="pinterest.example",
    operations=(
        _operation("create", "POST", "/v5/pins"),
        _operation("delete", "DELETE", r"/v5/pins/\d+"),
        _operation("upload", "POST", r"/media-upload/\d+/"),
        _operation("prepare", "POST", "/v5/media"),
        _operation("prepare", "GET", r"/v5/media/\d+"),
        _operation("list", "GET", "/v5/pins"),
        _operation("read", "GET", r"/v5/pins/\d+"),
        _operation("figures", "GET", r"/v5/pins/\d+/analytics"),
        _operation("session", "POST", "/v5/oauth/token"),
        _operation("identify", "GET", "/v5/user_account"),
    ),
    make_app=make_app,
    own_answer=own_answer,
    account_of=account_of,
    open_account=open_account,
)
