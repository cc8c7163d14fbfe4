"""Requests are read within bounds, and what is wrong with them is said."""

import asyncio
import gzip
from collections.abc import AsyncIterator

import pytest

from groundplan_telemetry.http import request
from groundplan_telemetry.http.reply import Refused


class Pieces:
    """A body that comes in pieces."""

    def __init__(self, *pieces: bytes) -> None:
        self._pieces = pieces

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for piece in self._pieces:
            yield piece


def test_parameters_come_from_the_address_and_from_a_form(request_of):
    """A form is as good as an address, and what stands in both is there twice."""
    form = "application/x-www-form-urlencoded"
    asked = request_of("POST", query="query=up&match=a", body=b"match=b", content_type=form)
    assert ("up", ["a", "b"]) == (asked.text("query"), list(asked.every("match")))


def test_numbers_have_bounds(request_of):
    """A number that is none, or out of bounds, is refused with the bounds."""
    assert 7 == request_of(query="limit=7").whole("limit", 20, 1, 100)
    assert 20 == request_of().whole("limit", 20, 1, 100)
    for wrong in ("0", "101", "many", "-1", "1.5"):
        with pytest.raises(Refused, match="must be a whole number from 1 to 100"):
            request_of(query=f"limit={wrong}").whole("limit", 20, 1, 100)


def test_durations_are_not_negative(request_of):
    """A duration may have a part, and is at least nothing."""
    assert 2.5 == request_of(query="min_ms=2.5").number("min_ms")
    assert request_of().number("min_ms") is None
    for wrong in ("-1", "nan", "inf", "long"):
        with pytest.raises(Refused, match="must be a number of at least 0"):
            request_of(query=f"min_ms={wrong}").number("min_ms")


def test_moments_are_rfc_3339(request_of):
    """A time has a zone, is UTC where it has none, and is refused where it is no time."""
    for written in ("1970-01-01T00:00:01.5Z", "1970-01-01T01:00:01.5%2B01:00"):
        assert 1_500_000 == request_of(query=f"from={written}").moment("from")
    assert 0 == request_of(query="from=1970-01-01T00:00:00").moment("from")
    with pytest.raises(Refused, match="must be a time such as"):
        request_of(query="from=yesterday").moment("from")


async def test_a_body_is_unpacked(headers):
    """What was packed arrives as it was meant, however it came."""
    packed = gzip.compress(b"whole")
    told = headers({"content-encoding": "gzip"})
    assert b"whole" == await request.read(Pieces(packed[:5], packed[5:]), told)
    assert b"plain" == await request.read(Pieces(b"plain"), headers({}))


@pytest.mark.parametrize(
    ("body", "told", "status"),
    [
        (b"", {"content-length": str(request.LARGEST + 1)}, 413),
        (bytes(request.LARGEST + 1), {}, 413),
        (gzip.compress(bytes(request.LARGEST_UNPACKED + 1)), {"content-encoding": "gzip"}, 413),
        (b"no gzip", {"content-encoding": "gzip"}, 400),
        (gzip.compress(b"whole", mtime=0)[:-4], {"content-encoding": "gzip"}, 400),
        (b"x", {"content-encoding": "br"}, 415),
    ],
)
async def test_what_cannot_be_read_is_refused(headers, body, told, status):
    """A body that is too large, even once unpacked, or not what it says gets no further."""
    with pytest.raises(Refused) as refused:
        await request.read(Pieces(body), headers(told))
    assert status == refused.value.problem.status


@pytest.mark.parametrize("written", ["9" * 20, "9" * 5_000, "%D9%A1", "1_0"])
def test_a_number_of_any_length_is_refused_in_words(request_of, written):
    """A cursor that is no number of ours is the caller's fault, not the store's."""
    with pytest.raises(Refused, match="must be a whole number"):
        request_of(query=f"after={written}").whole("after", 0, 0, (1 << 63) - 1)


@pytest.mark.parametrize("written", ["1e13", "1e308"])
def test_durations_end_somewhere(request_of, written):
    """A number that no duration has is refused before anybody reckons with it."""
    with pytest.raises(Refused, match="must be a number"):
        request_of(query=f"max_ms={written}").number("max_ms")


@pytest.mark.parametrize("written", ["0001-01-01T00:00:00Z", "9999-12-31T23:59:59-14:00"])
def test_moments_lie_in_our_time(request_of, written):
    """A time from which nothing can be reckoned is refused."""
    with pytest.raises(Refused, match="between 1970 and 2200"):
        request_of(query=f"from={written}").moment("from")


async def test_a_body_that_does_not_come_is_refused(headers, monkeypatch):
    """Whoever sends byte after byte does not hold his place for ever."""
    monkeypatch.setattr(request, "WITHIN", 0.05)

    class Slow(Pieces):
        async def __aiter__(self) -> AsyncIterator[bytes]:
            yield b"{"
            await asyncio.sleep(60)

    with pytest.raises(Refused, match="comes within") as refused:
        await request.read(Slow(), headers({}))
    assert 408 == refused.value.problem.status
