"""The environment, read once into a typed value. Each setting is explained here and nowhere else.

A wrong value stops the start with a sentence that says which and why.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from tesselle.connectors import figures
from tesselle.domain.errors import TesselleError
from tesselle.library.bucket import S3Settings


class SettingError(TesselleError):
    """An environment variable is missing or wrong."""


@dataclass(frozen=True, slots=True)
class Environment:
    database_url: str
    """DATABASE_URL: any PostgreSQL >= 15. `tesselle up` sets it to the embedded server when unset."""
    secret_key: str
    """TESSELLE_SECRET_KEY: signs cookies and links. `up` keeps one in the data folder."""
    encryption_keys: tuple[str, ...]
    """TESSELLE_ENCRYPTION_KEYS: comma-separated Fernet keys; the first encrypts, all decrypt."""
    media_folder: Path
    """TESSELLE_MEDIA: where pictures and films are kept; below the data folder by default."""
    public_url: str
    """PUBLIC_URL: the address people and networks reach this installation at."""
    debug: bool
    """TESSELLE_DEBUG: tracebacks in the browser and the /styleguide page. Never in real use."""
    time_scale: float
    """TESSELLE_TIME_SCALE: shortens leases, settling and back-off; only for `tesselle chaos`."""
    allowed_private: tuple[str, ...]
    """TESSELLE_ALLOW_PRIVATE: comma-separated hosts or networks, private or loopback, that
    channels may live on (a WordPress in the same building). Empty by default."""
    languages: tuple[str, ...] = ()
    """TESSELLE_LANGUAGES: comma-separated codes of languages that are begun but not complete (`de,it`), to
    be offered all the same. What they lack is shown in French. See docs/guides/translating.md."""
    network_figures: Mapping[str, Mapping[str, Decimal]] = field(default_factory=dict)
    """TESSELLE_NETWORK_FIGURES: what a network granted or bills this installation, where that is not what
    its card says (`youtube.units=50000, x.comment=0.005`). Which there are: `connectors/figures.py`."""
    s3: S3Settings | None = None
    """TESSELLE_S3_BUCKET and the others that `S3Settings` explains: files in a bucket, for an
    installation on more than one machine. None: files lie in `media_folder`."""
    oidc_issuer: str = ""
    """TESSELLE_OIDC_ISSUER: the address of an OpenID Connect provider people may sign in with; it goes
    before the one set in the pages. The redirect address to register there is
    PUBLIC_URL/account/oidc/company/login/callback/."""
    oidc_name: str = ""
    """TESSELLE_OIDC_NAME: what its button says; the provider's host by default."""
    oidc_client_id: str = ""
    """TESSELLE_OIDC_CLIENT_ID: what the provider knows us by."""
    oidc_client_secret: str = field(default="", repr=False)
    """TESSELLE_OIDC_CLIENT_SECRET: the secret that goes with it."""


def _number(values: Mapping[str, str], name: str, default: float) -> float:
    text = values.get(name, "")
    try:
        return float(text) if text else default
    except ValueError:
        raise SettingError(f"{name} must be a number, not {text!r}.") from None


def _s3(values: Mapping[str, str]) -> S3Settings | None:
    bucket = values.get("TESSELLE_S3_BUCKET", "")
    if not bucket:
        return None
    for name in ("TESSELLE_S3_KEY", "TESSELLE_S3_SECRET"):
        if not values.get(name):
            raise SettingError(f"TESSELLE_S3_BUCKET is set, {name} is not: the bucket cannot be opened.")
    endpoint = values.get("TESSELLE_S3_ENDPOINT", "").rstrip("/")
    if endpoint and not endpoint.startswith(("https://", "http://")):
        raise SettingError("TESSELLE_S3_ENDPOINT must begin with https:// or http://.")
    megabytes = _number(values, "TESSELLE_S3_CACHE_MB", 2000)
    if megabytes < 1:
        raise SettingError("TESSELLE_S3_CACHE_MB must be 1 or more.")
    return S3Settings(
        bucket=bucket,
        key=values["TESSELLE_S3_KEY"],
        secret=values["TESSELLE_S3_SECRET"],
        endpoint=endpoint,
        region=values.get("TESSELLE_S3_REGION", "") or "us-east-1",
        cache_megabytes=int(megabytes),
    )


def read(values: Mapping[str, str] = os.environ) -> Environment:
    """Raises SettingError when something indispensable is missing."""
    database_url = values.get("DATABASE_URL", "")
    secret_key = values.get("TESSELLE_SECRET_KEY", "")
    keys = tuple(key.strip() for key in values.get("TESSELLE_ENCRYPTION_KEYS", "").split(",") if key.strip())
    for name, value in (
        ("DATABASE_URL", database_url),
        ("TESSELLE_SECRET_KEY", secret_key),
        ("TESSELLE_ENCRYPTION_KEYS", keys),
    ):
        if not value:
            raise SettingError(
                f"{name} is not set. `tesselle up` sets it by itself; "
                "`tesselle web` and `tesselle worker` need it in their environment."
            )
    time_scale = _number(values, "TESSELLE_TIME_SCALE", 1.0)
    if not 0 < time_scale <= 1:
        raise SettingError("TESSELLE_TIME_SCALE must lie above 0 and at most at 1.")
    return Environment(
        database_url=database_url,
        secret_key=secret_key,
        encryption_keys=keys,
        media_folder=Path(values.get("TESSELLE_MEDIA", "media")).absolute(),
        public_url=values.get("PUBLIC_URL", "http://127.0.0.1:8000").rstrip("/"),
        debug=values.get("TESSELLE_DEBUG", "") == "1",
        time_scale=time_scale,
        allowed_private=tuple(
            item.strip() for item in values.get("TESSELLE_ALLOW_PRIVATE", "").split(",") if item.strip()
        ),
        languages=tuple(
            code.strip().lower() for code in values.get("TESSELLE_LANGUAGES", "").split(",") if code.strip()
        ),
        network_figures=_network_figures(values),
        s3=_s3(values),
        **_oidc(values),
    )


def _network_figures(values: Mapping[str, str]) -> Mapping[str, Mapping[str, Decimal]]:
    try:
        return figures.read(values.get("TESSELLE_NETWORK_FIGURES", ""))
    except ValueError as unread:
        raise SettingError(
            f"TESSELLE_NETWORK_FIGURES: “{unread}” is not like youtube.units=50000 or x.comment=0.005."
        ) from None


def _oidc(values: Mapping[str, str]) -> dict[str, str]:
    given = {
        name.lower(): values.get(f"TESSELLE_{name}", "")
        for name in ("OIDC_ISSUER", "OIDC_NAME", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET")
    }
    if given["oidc_issuer"] and not given["oidc_client_id"]:
        raise SettingError("TESSELLE_OIDC_ISSUER needs TESSELLE_OIDC_CLIENT_ID beside it.")
    return given
