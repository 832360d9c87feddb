"""Having a document written by a process of its own: typesetting stays out of the pages' memory."""

import json
import subprocess
import sys

from tesselle.documents.document import Document, to_json
from tesselle.documents.formats import Ending
from tesselle.documents.markdown import as_markdown
from tesselle.domain.errors import RuleError
from tesselle.domain.messages import N_, Message

PATIENCE_S = 60


def as_file(document: Document, ending: Ending) -> bytes:
    """The whole file.

    Raises:
        RuleError: it could not be written.
    """
    if ending == "md":
        return as_markdown(document).encode()
    try:
        done = subprocess.run(  # noqa: S603 - our own module
            [sys.executable, "-m", "tesselle.documents.writing", ending],
            input=json.dumps(to_json(document)).encode(),
            capture_output=True,
            timeout=PATIENCE_S,
            check=True,
        )
    except (subprocess.SubprocessError, OSError) as error:
        raise RuleError(Message(_NOT_WRITTEN)) from error
    return done.stdout


_NOT_WRITTEN = N_(
    "The file could not be written; what stands on the page is complete. Try again in a moment, and if it fails "
    "once more tell the person who looks after this installation."
)
