"""Which bucket files are kept in, as the environment says it."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class S3Settings:
    """A bucket for pictures and films, where more than one machine works for one installation."""

    bucket: str
    """TESSELLE_S3_BUCKET: its name; setting it switches the bucket on."""
    key: str
    """TESSELLE_S3_KEY: the access key."""
    secret: str = field(repr=False)
    """TESSELLE_S3_SECRET: its secret."""
    endpoint: str = ""
    """TESSELLE_S3_ENDPOINT: the server's address; empty for Amazon's own. Networks fetch from it."""
    region: str = "us-east-1"
    """TESSELLE_S3_REGION."""
    cache_megabytes: int = 2000
    """TESSELLE_S3_CACHE_MB: how much each machine keeps of it, below the media folder."""
