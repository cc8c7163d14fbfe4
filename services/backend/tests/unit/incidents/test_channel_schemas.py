"""Channels on the wire."""

import msgspec
import pytest

from groundplan_backend.incidents.channel_schemas import ChannelChange, NewChannel

_NEW = {"name": "on-call", "kind": "mail", "target": "a@b.example"}


def test_without_severities_it_is_all() -> None:
    """Each channel has a list of its own."""
    first, second = (msgspec.convert(_NEW, NewChannel) for _ in range(2))
    first.severities.append("page")
    assert [] == second.severities


@pytest.mark.parametrize(
    "wrong",
    [{"name": "On Call"}, {"kind": "pager"}, {"target": "a b"}, {"severities": ["loud"]}],
)
def test_what_is_no_channel_is_refused(wrong: dict[str, object]) -> None:
    """By its form; the address is judged later."""
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({**_NEW, **wrong}, NewChannel)


def test_a_kind_never_changes() -> None:
    """An address of one kind is none of another."""
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({"kind": "slack"}, ChannelChange)
