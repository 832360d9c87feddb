"""Sessions as Django keeps them, read by a statement that is put together once: every request begins here."""

from typing import Any

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.utils import timezone

from tesselle.web.kept_query import SOME_TIME, KeptQuery

_SOME_KEY = "some session key"
_kept = KeptQuery(
    lambda: Session.objects.filter(session_key=_SOME_KEY, expire_date__gt=SOME_TIME).values_list(
        "session_data"
    )
)


class SessionStore(db.SessionStore):
    """Named by the setting `SESSION_ENGINE`."""

    def load(self) -> dict[str, Any]:
        rows = _kept.rows({_SOME_KEY: self.session_key, SOME_TIME: timezone.now()})
        if not rows:
            self._session_key = None
            return {}
        return dict(self.decode(rows[0][0]))
