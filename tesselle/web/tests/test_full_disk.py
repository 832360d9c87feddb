"""What a view answers whose writing found no room."""

import errno
import os
from collections.abc import Callable

import psycopg.errors
import pytest
from django.db import OperationalError
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils.translation import override

from tesselle.web.full_disk import FullDiskMiddleware, is_full


def raised(act: Callable[[], None]) -> Exception:
    with pytest.raises(Exception) as caught:
        act()
    return caught.value


def of_the_system(number: int) -> Exception:
    return OSError(number, os.strerror(number))


def of_the_database() -> None:
    """As Django raises it: its own error, caused by the driver's."""
    try:
        raise psycopg.errors.DiskFull("could not extend file")
    except psycopg.Error as cause:
        raise OperationalError("could not extend file") from cause


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EFBIG])
def test_a_full_disk_is_recognised(number: int) -> None:
    assert is_full(of_the_system(number))


def test_a_full_database_is_recognised() -> None:
    assert is_full(raised(of_the_database))


def test_other_trouble_is_not_called_a_full_disk() -> None:
    middleware = FullDiskMiddleware(lambda request: HttpResponse())

    assert middleware.process_exception(RequestFactory().get("/"), of_the_system(errno.EACCES)) is None
    assert middleware.process_exception(RequestFactory().get("/"), ValueError()) is None


def test_the_page_says_it_in_the_readers_language() -> None:
    middleware = FullDiskMiddleware(lambda request: HttpResponse())

    with override("fr"):
        answer = middleware.process_exception(RequestFactory().get("/"), of_the_system(errno.ENOSPC))

    assert answer is not None
    assert answer.status_code == 507
    assert "Le disque du serveur est plein" in answer.content.decode()
