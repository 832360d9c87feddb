"""A WordPress site over a simulated network.

What it answers was measured on WordPress 6.1.9; the same requests are asked of both in
`tests/test_wire.py` here and `tests/real/test_wordpress.py`.
"""

import re

from tesselle.connectors.sandbox.contract import Operation, Sandbox
from tesselle.networks.wordpress.sandbox.app import account_of, make_app, open_account, own_answer

SANDBOX = Sandbox(
    slug="wordpress",
    host="wordpress.example",
    operations=(
        Operation("create", "POST", re.compile(r"/wp/v2/(posts/\d+|comments)$")),
        Operation("edit", "PATCH", re.compile(r"/wp/v2/(posts|comments)/\d+$")),
        Operation("delete", "DELETE", re.compile(r"/wp/v2/(posts|comments)/\d+$")),
        Operation("upload", "POST", re.compile(r"/wp/v2/media$")),
        Operation("prepare", "POST", re.compile(r"/wp/v2/(posts|tags|categories|media/\d+.*)$")),
        Operation("prepare", "GET", re.compile(r"/wp/v2/(media|categories)$")),
        Operation("list", "GET", re.compile(r"/wp/v2/posts$")),
        Operation("read", "GET", re.compile(r"/wp/v2/(posts|comments)/\d+$")),
        Operation("replies", "GET", re.compile(r"/wp/v2/comments$")),
        Operation("identify", "GET", re.compile(r"/wp/v2/users/me$")),
    ),
    make_app=make_app,
    own_answer=own_answer,
    account_of=account_of,
    open_account=open_account,
)
