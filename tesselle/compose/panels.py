"""What writing offers on the pages below it."""

from django.http import HttpRequest

from tesselle.web.panels import Content


def first_post(_request: HttpRequest) -> Content:
    """After a channel was connected: the next thing to do."""
    return Content("compose/_first_post.html")
