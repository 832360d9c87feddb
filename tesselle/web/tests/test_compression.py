"""Answers packed for the way, and only those that gain by it."""

import gzip
from collections.abc import Iterator

import pytest
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.test import RequestFactory

from tesselle.web.compression import SMALLEST, CompressionMiddleware

PAGE = "<p>Carreaux posés à Lausanne</p>".encode() * 100


def answered(response: HttpResponseBase, accepts: str = "gzip, deflate, br") -> HttpResponse:
    request = RequestFactory().get("/", headers={"accept-encoding": accepts})
    return CompressionMiddleware(lambda _: response)(request)  # type: ignore[arg-type,return-value]


def test_a_page_is_packed_and_comes_out_as_it_went_in():
    response = answered(HttpResponse(PAGE))

    assert response["Content-Encoding"] == "gzip"
    assert gzip.decompress(response.content) == PAGE
    assert int(response["Content-Length"]) == len(response.content) < len(PAGE) / 5


def test_the_length_of_a_packed_page_tells_nothing_of_what_is_in_it():
    assert len({len(answered(HttpResponse(PAGE)).content) for _ in range(40)}) > 1


@pytest.mark.parametrize("accepts", ["", "br", "identity", "gzip;q=0", "gzip; q=0.0, br", "xgzip"])
def test_who_does_not_unpack_gets_it_plain(accepts: str):
    response = answered(HttpResponse(PAGE), accepts)

    assert (response.content, response.has_header("Content-Encoding")) == (PAGE, False)
    assert response["Vary"] == "Accept-Encoding"  # for whoever keeps answers on the way


@pytest.mark.parametrize("accepts", ["gzip", "br;q=1.0, gzip;q=0.8", "GZIP", "gzip;q=0.001"])
def test_who_unpacks_may_say_so_in_several_ways(accepts: str):
    assert answered(HttpResponse(PAGE), accepts)["Content-Encoding"] == "gzip"


def pieces() -> Iterator[bytes]:
    yield PAGE


@pytest.mark.parametrize(
    "response",
    [
        HttpResponse(PAGE[: SMALLEST - 1]),
        HttpResponse(PAGE, content_type="image/jpeg"),
        HttpResponse(PAGE, content_type="application/pdf"),
        HttpResponse(PAGE, headers={"Content-Encoding": "br"}),
        StreamingHttpResponse(pieces()),
    ],
    ids=["short", "picture", "document", "packed already", "stream"],
)
def test_what_would_gain_nothing_is_left_alone(response: HttpResponseBase):
    before = response.headers.get("Content-Encoding")

    assert answered(response).headers.get("Content-Encoding") == before
