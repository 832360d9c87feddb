"""Google Business Profile over a simulated network: accounts, places, posts, reviews, figures, sign-in.

Written from Google's documentation of 2026 and its discovery documents; posts and reviews (v4), which
no package describes, from a dated table. It counts by itself: only numbers come from `limits`.
"""

import re

from tesselle.connectors.sandbox.contract import Operation, Sandbox
from tesselle.connectors.sandbox.google import account_of
from tesselle.networks.google_business.sandbox.app import make_app, open_account, own_answer

PLACE = "/v4/accounts/[^/]+/locations/[^/]+"


def _operation(name: str, method: str, path: str) -> Operation:
    return Operation(name, method, re.compile(rf"{path}$"))


SANDBOX = Sandbox(
    slug="google_business",
    host="google-business.example",
    operations=(
        _operation("create", "POST", f"{PLACE}/(?:localPosts|media)"),
        _operation("create", "PUT", f"{PLACE}/reviews/[^/]+/reply"),
        _operation("edit", "PATCH", f"{PLACE}/localPosts/[^/]+"),
        _operation("delete", "DELETE", f"{PLACE}/(?:localPosts|media)/[^/]+"),
        _operation("delete", "DELETE", f"{PLACE}/reviews/[^/]+/reply"),
        _operation("list", "GET", f"{PLACE}/(?:localPosts|media)"),
        _operation("read", "GET", f"{PLACE}/(?:localPosts|media)/[^/]+"),
        _operation("replies", "GET", f"{PLACE}/reviews(?:/[^/]+)?"),
        _operation("figures", "GET", "/v1/locations/[^/]+:fetchMultiDailyMetricsTimeSeries"),
        _operation("session", "POST", "/token"),
        _operation("identify", "GET", "/v1/(?:accounts|accounts/[^/]+/locations|locations/[^/:]+)"),
    ),
    make_app=make_app,
    own_answer=own_answer,
    account_of=account_of,
    open_account=open_account,
)
