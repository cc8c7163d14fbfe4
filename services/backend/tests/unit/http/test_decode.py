import contextlib

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from groundplan_backend.errors import InvalidRequest, UnsupportedMediaType
from groundplan_backend.http import decode


class _Inner(msgspec.Struct, forbid_unknown_fields=True):
    number: int


class _Body(msgspec.Struct, forbid_unknown_fields=True):
    name: str
    inner: list[_Inner] = []


class _Query(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    limit: int = 50
    word: str = ""


@pytest.mark.parametrize("media_type", [b"application/json", b"Application/JSON; charset=utf-8"])
def test_a_json_body_is_read(media_type: bytes) -> None:
    """Parameters and case of the media type do not matter."""
    assert _Body("a") == decode.body(_Body, b'{"name":"a"}', media_type)


@pytest.mark.parametrize("media_type", [b"", b"text/plain", b"application/jsonp"])
def test_another_media_type_is_unsupported(media_type: bytes) -> None:
    """JSON by chance is not JSON."""
    with pytest.raises(UnsupportedMediaType):
        decode.body(_Body, b'{"name":"a"}', media_type)


@pytest.mark.parametrize(
    ("raw", "path"),
    [
        (b'{"name":1}', "name"),
        (b"{}", "name"),
        (b'{"name":"a","nom":"b"}', "nom"),
        (b'{"name":"a","inner":[{"number":"x"}]}', "inner[0].number"),
        (b'{"name":"a","inner":[{"nummer":1}]}', "inner[0].nummer"),
        (b"[]", ""),
    ],
)
def test_a_fault_is_told_with_its_path(raw: bytes, path: str) -> None:
    """The path leads to the field, however deep."""
    with pytest.raises(InvalidRequest) as raised:
        decode.body(_Body, raw, b"application/json")
    assert [path] == [error.path for error in raised.value.errors]


def test_a_query_is_read_by_type() -> None:
    """Text becomes numbers; what is missing has its default."""
    assert _Query(limit=7, word="a b") == decode.query(_Query, b"limit=7&word=a+b")
    assert _Query() == decode.query(_Query, b"")


@pytest.mark.parametrize("raw", [b"limit=x", b"limit=1&limit=2", b"other=1", b"word=%ff", b"\xff"])
def test_a_wrong_query_is_refused(raw: bytes) -> None:
    """Wrong type, twice, unknown or unreadable: nothing is ignored."""
    with pytest.raises(InvalidRequest):
        decode.query(_Query, raw)


@given(st.binary(max_size=60))
def test_no_bytes_are_a_fault_of_ours(raw: bytes) -> None:
    """Whatever a client sends is read or refused."""
    with contextlib.suppress(InvalidRequest):
        decode.body(_Body, raw, b"application/json")
    with contextlib.suppress(InvalidRequest):
        decode.query(_Query, raw)


@pytest.mark.parametrize("key", [b"", b"a b", b"\xc3\xa9", b"x" * 256])
def test_a_wrong_idempotency_key_is_refused(key: bytes) -> None:
    """A key is 1 to 255 visible ASCII characters."""
    with pytest.raises(InvalidRequest):
        decode.idempotency_key({b"idempotency-key": key})


def test_an_idempotency_key_may_be_missing() -> None:
    """Without the header a create is simply a create."""
    assert decode.idempotency_key({}) is None
    assert "k-1" == decode.idempotency_key({b"idempotency-key": b"k-1"})
