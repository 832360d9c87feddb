"""A report as a file, written by a process of its own: `python -m tesselle.report.writing pdf < report.json`.

Typst and python-docx stay out of the pages' memory. What people wrote is handed over as data and never
becomes markup.
"""

import io
import json
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from tesselle.report.xml_text import xml_text

TEMPLATE = Path(__file__).with_name("report.typ")


def pdf(report: Mapping[str, Any]) -> bytes:
    import typst

    made: bytes = typst.compile(TEMPLATE.read_bytes(), sys_inputs={"report": json.dumps(report)})
    return made


def docx(report: Mapping[str, Any]) -> bytes:
    from docx import Document

    document = Document()
    document.core_properties.title = xml_text(report["title"])
    document.core_properties.author = xml_text(report["company"])
    document.core_properties.language = report["language"]
    document.add_heading(xml_text(report["title"]), 0)
    document.add_paragraph(xml_text(f"{report['company']}, {report['span']}"))
    for section in report["sections"]:
        document.add_heading(xml_text(section["title"]), 1)
        for sentence in section["paragraphs"]:
            document.add_paragraph(xml_text(sentence))
        if section["table"]:
            _table(document, section["table"])
    document.add_paragraph(xml_text(report["foot"]))
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _table(document: Any, table: Mapping[str, Any]) -> None:
    made = document.add_table(rows=1, cols=len(table["head"]), style="Light Grid")
    for cell, text in zip(made.rows[0].cells, table["head"], strict=True):
        cell.text = xml_text(text)
    for row in table["rows"]:
        for cell, text in zip(made.add_row().cells, row, strict=True):
            cell.text = xml_text(text)


WRITERS: Mapping[str, Callable[[Mapping[str, Any]], bytes]] = {"pdf": pdf, "docx": docx}


def main() -> None:
    sys.stdout.buffer.write(WRITERS[sys.argv[1]](json.load(sys.stdin)))


if __name__ == "__main__":
    main()
