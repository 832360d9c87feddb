"""A network's sign and a delivery's address, each drawn many times on a page."""

from collections.abc import Callable

from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from tesselle.networks import card


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
    """Reversed once; each delivery then costs one concatenation."""
    before, _, after = reverse("publish:delivery", kwargs={"delivery_id": 987654321}).partition("987654321")
    return lambda delivery_id: f"{before}{delivery_id}{after}"
