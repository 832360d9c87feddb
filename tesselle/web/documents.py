"""A document as the answer to a request."""

from django.http import HttpResponse
from django.utils.text import slugify

from tesselle.documents.document import Document
from tesselle.documents.formats import MIMES, Ending
from tesselle.documents.making import as_file


def download(document: Document, ending: Ending, *, name: str = "") -> HttpResponse:
    """Named after its title unless told otherwise. Raises RuleError: it could not be written."""
    called = name or slugify(document.title) or "document"
    response = HttpResponse(as_file(document, ending), content_type=MIMES[ending])
    response.headers["Content-Disposition"] = f'attachment; filename="{called}.{ending}"'
    response.headers["Cache-Control"] = "no-store"
    return response
