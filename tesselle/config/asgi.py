"""The way in for an ASGI server: our own static files and live updates first, everything else to Django."""

import os
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tesselle.config.settings")
django.setup(set_prefix=False)

from tesselle.config.handler import PagesHandler  # noqa: E402 - needs the settings above
from tesselle.config.static_files import with_static_files  # noqa: E402
from tesselle.library.refusals import MOST_UPLOAD_BYTES  # noqa: E402
from tesselle.web.body_bound import with_bounded_bodies  # noqa: E402
from tesselle.web.live.handoff import with_live_updates  # noqa: E402
from tesselle.web.live.process import hub  # noqa: E402

_pages: Any = PagesHandler()
application = with_bounded_bodies(with_static_files(with_live_updates(_pages, hub)), MOST_UPLOAD_BYTES)
