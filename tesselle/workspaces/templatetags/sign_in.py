"""`{% load sign_in %}`: what the sign-in page may offer here."""

import ipaddress

from django import template
from django.template.context import Context

from tesselle.mail.services import is_set_up
from tesselle.workspaces.sign_in.providers import Provider, current

register = template.Library()


_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
_SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
)


@register.filter
def device(user_agent: str) -> str:
    """Browser and system as people call them; what a program calls itself where we do not know it."""
    found = [
        next((name for mark, name in known if mark in user_agent), "") for known in (_BROWSERS, _SYSTEMS)
    ]
    return " · ".join(name for name in found if name) or user_agent[:60]


@register.simple_tag
def mail_is_set_up() -> bool:
    return is_set_up()


@register.simple_tag(takes_context=True)
def local_address_with_name(context: Context) -> str:
    """Where the page was opened on this machine by its number: the same page by its name. Else nothing."""
    request = context["request"]
    host, _, port = (
        request.get_host().rpartition(":") if ":" in request.get_host() else (request.get_host(), "", "")
    )
    try:
        local = ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return ""
    if not local:
        return ""
    return f"{request.scheme}://localhost{':' + port if port else ''}{request.path}"


@register.simple_tag
def sign_in_provider() -> Provider | None:
    """The company's OpenID Connect provider, if there is one."""
    return current()
