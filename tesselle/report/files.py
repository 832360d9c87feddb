"""Having a file written by a process of its own."""

import json
import subprocess
import sys
from typing import Literal

from tesselle.domain.errors import RuleError
from tesselle.domain.messages import N_, Message
from tesselle.report.document import Document

Kind = Literal["pdf", "docx"]
MIMES: dict[Kind, str] = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
PATIENCE_S = 60


def as_file(report: Document, kind: Kind) -> bytes:
    """The whole file.

    Raises:
        RuleError: it could not be written.
    """
    try:
        done = subprocess.run(  # noqa: S603 - our own module
            [sys.executable, "-m", "tesselle.report.writing", kind],
            input=json.dumps(report.to_json()).encode(),
            capture_output=True,
            timeout=PATIENCE_S,
            check=True,
        )
    except (subprocess.SubprocessError, OSError) as error:
        raise RuleError(Message(_NOT_WRITTEN)) from error
    return done.stdout


_NOT_WRITTEN = N_(
    "The file could not be written; the report on the page is complete. Try again in a moment, and if it "
    "fails once more tell the person who looks after this installation."
)
