"""s3rver: an S3 server by somebody else, with one empty bucket."""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, field

from tests.real.servers.installation import cached
from tests.real.servers.process import answers, free_port, private_folder, running

BUCKET = "media"


@dataclass(frozen=True, slots=True)
class S3:
    endpoint: str
    bucket: str = BUCKET
    key: str = "S3RVER"
    secret: str = field(default="S3RVER", repr=False)


@contextlib.contextmanager
def running_s3() -> Iterator[S3]:
    node, program = cached("node/wheel/bin/node"), cached("peers/node_modules/s3rver/bin/s3rver.js")
    port = free_port()
    with private_folder("s3") as folder:
        command = [
            *(str(node), str(program), "--directory", str(folder), "--address", "127.0.0.1"),
            *("--port", str(port), "--configure-bucket", BUCKET, "--no-vhost-buckets", "--silent"),
        ]
        ready = answers(f"http://127.0.0.1:{port}/{BUCKET}")
        with running(command, log=folder / "log", ready=ready, seconds=60.0):
            yield S3(f"http://127.0.0.1:{port}")
