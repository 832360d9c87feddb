"""A network's sign and a delivery's address, each drawn many times on a page."""

from collections.abc import Callable
from functools import cache

from django.templatetags.static import static
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from tesselle.networks import card
from tesselle.web.addresses import address_of


@cache
def network_icon(slug: str) -> SafeString:
    """The network's sign with its name."""
    return mark_safe(  # noqa: S308 - both parts are escaped
        f'<img class="network-icon" src="{escape(static(f"networks/{slug}/icon.svg"))}" '
        f'alt="{escape(_name_of(slug))}" width="16" height="16">'
    )


def _name_of(slug: str) -> str:
    try:
        return card(slug).name
    except LookupError:  # a network that this release no longer has
        return slug


def delivery_address() -> Callable[[int], str]:
    return address_of("publish:delivery", "delivery_id")
