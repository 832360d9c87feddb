"""Ghost sites over a simulated network, each in a folder of one host.

What they answer was measured on Ghost 6.65.0; the same requests are asked of both in
`tests/test_wire.py` here and `tests/real/test_ghost.py`.
"""

import re

from tesselle.connectors.sandbox.contract import Operation, Sandbox
from tesselle.networks.ghost.sandbox.app import account_of, make_app, open_account, own_answer

_API = r"/ghost/api/admin"

SANDBOX = Sandbox(
    slug="ghost",
    host="ghost.example",
    operations=(
        Operation("create", "PUT", re.compile(rf"{_API}/posts/\w+/$")),
        Operation("delete", "DELETE", re.compile(rf"{_API}/posts/\w+/$")),
        Operation("upload", "POST", re.compile(rf"{_API}/images/upload/$")),
        Operation("prepare", "POST", re.compile(rf"{_API}/posts/$")),
        Operation("prepare", "GET", re.compile(rf"{_API}/posts/slug/[\w-]+/$")),
        Operation("read", "GET", re.compile(rf"{_API}/posts/\w+/$")),
        Operation("list", "GET", re.compile(rf"{_API}/posts/$")),
        Operation("identify", "GET", re.compile(rf"{_API}/site/$")),
        Operation("figures", "GET", re.compile(rf"{_API}/members/$")),
    ),
    make_app=make_app,
    own_answer=own_answer,
    account_of=account_of,
    open_account=open_account,
)
