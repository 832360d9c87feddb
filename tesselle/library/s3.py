"""Files in a bucket (S3 or anything that speaks like it), with a bounded cache on this machine."""

import os
import tempfile
import time
from pathlib import Path

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from tesselle.library.bucket import S3Settings
from tesselle.library.names import mime_of

IN_USE_SECONDS = 3600
"""What was asked for so recently may be open: it stays, however full the cache is."""

_NOT_THERE = {"404", "NoSuchKey", "NotFound"}


class S3Store:
    def __init__(self, settings: S3Settings, cache: Path) -> None:
        self._bucket = settings.bucket
        self._cache = cache
        self._most_bytes = settings.cache_megabytes * 1_000_000
        self._client = boto3.client(
            "s3",
            endpoint_url=settings.endpoint or None,
            region_name=settings.region,
            aws_access_key_id=settings.key,
            aws_secret_access_key=settings.secret,
            config=Config(
                signature_version="s3v4",
                s3={"addressing_style": "path"},
                retries={"max_attempts": 3, "mode": "standard"},
                connect_timeout=10,
                read_timeout=60,
                # Servers that only speak like S3 know no newer checksums.
                request_checksum_calculation="when_required",
                response_checksum_validation="when_required",
            ),
        )

    def put(self, name: str, source: Path) -> None:
        """In the bucket first; a copy stays here, since it is usually shown next."""
        told = {"ContentType": mime_of(name) or "application/octet-stream"}
        self._client.upload_file(str(source), self._bucket, name, ExtraArgs=told)
        target = self._path(name)
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        source.chmod(0o600)
        try:
            os.replace(source, target)
        except OSError:  # another disk: it is fetched when it is asked for
            source.unlink()
        self._keep_bounded()

    def local(self, name: str) -> Path:
        path = self._path(name)
        try:
            os.utime(path)
        except FileNotFoundError:
            self._fetch(name, path)
            self._keep_bounded()
        return path

    def _fetch(self, name: str, path: Path) -> None:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor, draft = tempfile.mkstemp(prefix=".fetch-", dir=path.parent)
        os.close(descriptor)
        try:
            self._client.download_file(self._bucket, name, draft)
            os.replace(draft, path)
        except ClientError as error:
            if error.response.get("Error", {}).get("Code") in _NOT_THERE:
                raise FileNotFoundError(name) from error
            raise OSError(f"the bucket did not give {name}: {error}") from error
        except BotoCoreError as error:
            raise OSError(f"the bucket cannot be reached: {error}") from error
        finally:
            Path(draft).unlink(missing_ok=True)

    def exists(self, name: str) -> bool:
        try:
            self._client.head_object(Bucket=self._bucket, Key=name)
        except ClientError as error:
            if error.response.get("Error", {}).get("Code") in _NOT_THERE:
                return False
            raise OSError(f"the bucket did not tell about {name}: {error}") from error
        except BotoCoreError as error:
            raise OSError(f"the bucket cannot be reached: {error}") from error
        return True

    def delete(self, name: str) -> None:
        self._client.delete_object(Bucket=self._bucket, Key=name)
        self._path(name).unlink(missing_ok=True)

    def address(self, name: str, seconds: int) -> str:
        address: str = self._client.generate_presigned_url(
            "get_object", Params={"Bucket": self._bucket, "Key": name}, ExpiresIn=seconds
        )
        return address

    def check(self) -> str:
        try:
            self._client.put_object(Bucket=self._bucket, Key=".doctor", Body=b"1")
            self._client.get_object(Bucket=self._bucket, Key=".doctor")["Body"].read()
            self._client.delete_object(Bucket=self._bucket, Key=".doctor")
        except (ClientError, BotoCoreError) as error:
            return f"The bucket {self._bucket} cannot be written and read ({error})."
        return ""

    def _path(self, name: str) -> Path:
        path = (self._cache / name).resolve()
        if not path.is_relative_to(self._cache.resolve()):
            raise LookupError("a name leads outside the cache")
        return path

    def _keep_bounded(self) -> None:
        """What was asked for longest ago goes first. Two processes that tidy at once do no harm."""
        found = []
        for path in self._cache.rglob("*"):
            try:
                told = path.stat()
            except FileNotFoundError:
                continue
            if path.is_file():
                found.append((told.st_mtime, told.st_size, path))
        total = sum(size for _, size, _ in found)
        oldest_in_use = time.time() - IN_USE_SECONDS
        for used, size, path in sorted(found):
            if total <= self._most_bytes or used > oldest_in_use:
                return
            path.unlink(missing_ok=True)
            total -= size
