"""Writing to somebody's browser: the words encrypted for it alone, signed as this installation.

Source: RFC 8030 (the push service), RFC 8291 (encryption), RFC 8292 (who is writing), read 2026-11-25.
"""

import base64
import hashlib
import json
import time
from collections.abc import Mapping
from enum import Enum
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction

from tesselle.connectors.http.exchange import Request, Transport
from tesselle.domain.errors import RuleError
from tesselle.domain.messages import N_
from tesselle.notify.models import Device, PushKeys
from tesselle.vault import secrets
from tesselle.workspaces.models import User

KEPT_SECONDS = 24 * 3600
"""So long a push service keeps a message for a browser that is not there (TTL)."""

SIGNED_SECONDS = 12 * 3600
"""RFC 8292, 2: not more than 24 hours."""

MOST_DEVICES = 10


class Reached(Enum):
    YES = "yes"
    GONE = "gone"  # the browser has taken its permission back: forget it
    LATER = "later"
    NEVER = "never"  # this message will not be taken


def unpadded(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def padded(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def public_key() -> str:
    """What a browser is told when it subscribes; the pair is made when it is first asked for."""
    return _keys().public


def _keys() -> PushKeys:
    kept = PushKeys.objects.filter(pk=1).first()
    if kept is not None:
        return kept
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    pair = ec.generate_private_key(ec.SECP256R1())
    raw = pair.private_numbers().private_value.to_bytes(32, "big")
    public = pair.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    sealed = secrets.seal({"private": unpadded(raw)})
    # Two pages may ask at the same time: the first pair stays.
    return PushKeys.objects.get_or_create(
        pk=1, defaults={"sealed_private": sealed, "public": unpadded(public)}
    )[0]


@transaction.atomic
def add_device(user: User, *, endpoint: str, p256dh: str, auth: str, name: str) -> Device:
    """Raises RuleError: what the browser handed over is no subscription."""
    try:
        is_key = len(padded(p256dh)) == 65 and len(padded(auth)) == 16
    except ValueError:
        is_key = False
    if urlsplit(endpoint).scheme != "https" or len(endpoint) > 2000 or not is_key:
        raise RuleError(_NO_SUBSCRIPTION)
    digest = hashlib.sha256(endpoint.encode()).hexdigest()
    sealed = secrets.seal({"endpoint": endpoint, "p256dh": p256dh, "auth": auth})
    Device.objects.filter(digest=digest).delete()
    made = Device.objects.create(user=user, digest=digest, sealed_address=sealed, name=name[:120] or "?")
    kept = Device.objects.filter(user=user).order_by("-pk").values("pk")[:MOST_DEVICES]
    Device.objects.filter(user=user).exclude(pk__in=list(kept.values_list("pk", flat=True))).delete()
    return made


async def push(
    transport: Transport,
    address: Mapping[str, str],
    message: Mapping[str, str],
    *,
    signed_by: Mapping[str, str],
) -> Reached:
    """`address`: endpoint, p256dh, auth. `signed_by`: the installation's private key and how to reach it."""
    request = Request(
        "POST",
        address["endpoint"],
        {
            "TTL": str(KEPT_SECONDS),
            "Urgency": "normal",
            "Content-Type": "application/octet-stream",
            "Content-Encoding": "aes128gcm",
            **_authorization(address["endpoint"], signed_by),
        },
        _encrypted(address, json.dumps(dict(message), ensure_ascii=False).encode()),
        deadline_seconds=15.0,
    )
    response = (await transport.exchange(request)).response
    if response is None or response.status == 429 or response.status >= 500:
        return Reached.LATER
    if response.status in (404, 410):
        return Reached.GONE
    return Reached.YES if response.ok else Reached.NEVER


def signer() -> dict[str, str]:
    kept = _keys()
    return {"private": secrets.unseal(kept.sealed_private)["private"], "subject": _subject()}


def _subject() -> str:
    """Where whoever runs a push service may complain (RFC 8292, 2.1)."""
    from tesselle.mail.services import server

    found = server()
    return f"mailto:{found.from_address}" if found else settings.PUBLIC_URL.replace("http://", "https://", 1)


def _encrypted(address: Mapping[str, str], words: bytes) -> bytes:
    import http_ece
    from cryptography.hazmat.primitives.asymmetric import ec

    sealed: bytes = http_ece.encrypt(
        words,
        private_key=ec.generate_private_key(ec.SECP256R1()),
        dh=padded(address["p256dh"]),
        auth_secret=padded(address["auth"]),
        version="aes128gcm",
    )
    return sealed


def _authorization(endpoint: str, signed_by: Mapping[str, str]) -> dict[str, str]:
    from py_vapid import Vapid02

    to = urlsplit(endpoint)
    claims = {
        "aud": f"{to.scheme}://{to.netloc}",
        "exp": int(time.time()) + SIGNED_SECONDS,
        "sub": signed_by["subject"],
    }
    signer = Vapid02.from_raw(signed_by["private"].encode())
    # It knows mail addresses only; the standard takes a web address too.
    signer.conf = {"no-strict": True}
    signed: dict[str, str] = signer.sign(claims)
    return signed


_NO_SUBSCRIPTION = N_("This browser did not say how to reach it. Reload the page and try again.")
