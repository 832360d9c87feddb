"""`{% load sign_in %}`: what the sign-in page may offer here."""

from django import template

from tesselle.mail.services import is_set_up
from tesselle.workspaces.sign_in.providers import Provider, current

register = template.Library()


@register.simple_tag
def mail_is_set_up() -> bool:
    return is_set_up()


@register.simple_tag
def sign_in_provider() -> Provider | None:
    """The company's OpenID Connect provider, if there is one."""
    return current()
