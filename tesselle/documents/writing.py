"""The process that writes: `python -m tesselle.documents.writing pdf < document.json`."""

import json
import sys
from collections.abc import Callable, Mapping

from tesselle.documents.document import Document, from_json
from tesselle.documents.pdf import as_pdf
from tesselle.documents.word import as_docx

WRITERS: Mapping[str, Callable[[Document], bytes]] = {"pdf": as_pdf, "docx": as_docx}


def main() -> None:
    sys.stdout.buffer.write(WRITERS[sys.argv[1]](from_json(json.load(sys.stdin))))


if __name__ == "__main__":
    main()
