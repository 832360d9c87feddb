"""What writing offers on the pages below it."""

from django.http import HttpRequest

from tesselle.library.models import Asset
from tesselle.web.panels import Content


def first_post(_request: HttpRequest) -> Content:
    """After a channel was connected: the next thing to do."""
    return Content("compose/_first_post.html")


def post_with(_request: HttpRequest, *, asset: Asset) -> Content:
    """On the page of a picture, a film or a document: a post that begins with it."""
    return Content("compose/_post_with.html", {"asset": asset})
