"""Addresses that many lines of a page share: reversed once, not for each line."""

from collections.abc import Callable
from functools import lru_cache

from django.conf import settings
from django.urls import get_script_prefix, get_urlconf, reverse

_ANY = 987654321


def address(name: str) -> str:
    """`reverse` of a name without parameters; those of the navigation are asked for on every page."""
    return _reversed(name, _urlconf(), get_script_prefix())


def _urlconf() -> str:
    """By name: a request, and a test, may have another."""
    return str(get_urlconf() or settings.ROOT_URLCONF)


@lru_cache(maxsize=512)
def _reversed(name: str, urlconf: str, _prefix: str) -> str:
    return reverse(name, urlconf)


def address_of(name: str, parameter: str) -> Callable[[int], str]:
    """Each line then costs one concatenation."""
    before, after = _around(name, parameter, _urlconf(), get_script_prefix())
    return lambda pk: f"{before}{pk}{after}"


@lru_cache(maxsize=256)
def _around(name: str, parameter: str, urlconf: str, _prefix: str) -> tuple[str, str]:
    before, _, after = reverse(name, urlconf, kwargs={parameter: _ANY}).partition(str(_ANY))
    return before, after
