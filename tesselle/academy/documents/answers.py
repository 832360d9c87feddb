"""A document as the answer to a request."""

from django.http import HttpResponse
from django.utils.text import slugify

from tesselle.academy.documents.document import Document
from tesselle.academy.documents.formats import Format


def download(document: Document, form: Format) -> HttpResponse:
    name = slugify(document.title) or "document"
    response = HttpResponse(form.make(document), content_type=form.mime)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.{form.ending}"'
    response.headers["Cache-Control"] = "no-store"
    return response
