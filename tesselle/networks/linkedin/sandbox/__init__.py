"""LinkedIn over a simulated network: its versioned API and its sign-in pages.

Written from its documentation as of November 2026. It counts by itself: numbers come from `limits`,
no counting code of the product is used.
"""

import re

from tesselle.connectors.sandbox.contract import Operation, Sandbox
from tesselle.networks.linkedin.sandbox.app import account_of, make_app, open_account, own_answer
from tesselle.networks.linkedin.sandbox.wire import PAGE


def _operation(name: str, method: str, path: str) -> Operation:
    return Operation(name, method, re.compile(rf"^{path}$"))


SANDBOX = Sandbox(
    slug="linkedin",
    host="linkedin.example",
    operations=(
        _operation("create", "POST", "/rest/posts"),
        _operation("create", "POST", "/rest/socialActions/[^/]+/comments"),
        _operation("edit", "POST", "/rest/posts/[^/]+"),
        _operation("delete", "DELETE", "/rest/posts/[^/]+"),
        _operation("delete", "DELETE", "/rest/socialActions/[^/]+/comments/[^/]+"),
        _operation("upload", "POST", "/rest/(?:images|videos|documents)"),
        _operation("upload", "PUT", "/dms-uploads/.+"),
        _operation("prepare", "GET", "/rest/(?:images|videos|documents)/[^/]+"),
        _operation("list", "GET", "/rest/posts"),
        _operation("read", "GET", "/rest/posts/[^/]+"),
        _operation("read", "GET", "/rest/socialActions/[^/]+/comments/[^/]+"),
        _operation("replies", "GET", "/rest/socialActions/[^/]+/comments"),
        _operation("figures", "GET", "/rest/organizationalEntityShareStatistics"),
        _operation("figures", "GET", "/rest/(?:videoAnalytics|memberCreatorVideoAnalytics)"),
        _operation("figures", "GET", "/rest/networkSizes/[^/]+"),
        _operation("session", "POST", "/oauth/v2/accessToken"),
        _operation("identify", "GET", "/rest/organizationAcls"),
        _operation("identify", "GET", "/v2/(?:userinfo|me)"),
    ),
    make_app=make_app,
    own_answer=own_answer,
    account_of=account_of,
    open_account=open_account,
    is_spoken_with=lambda account: account.id.startswith(
        PAGE
    ),  # what is said to members is closed to applications
)
