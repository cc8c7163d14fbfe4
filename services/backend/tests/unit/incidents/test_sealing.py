"""Addresses that are secrets."""

from uuid import UUID

import pytest
from cryptography.exceptions import InvalidTag

from groundplan_backend.incidents.sealing import Addresses
from groundplan_backend.settings import Secret

_URL = "https://hooks.slack.com/services/T0/B0/canary"


def test_an_address_is_opened_for_its_channel_only() -> None:
    """Nobody moves what was sealed for one to another."""
    addresses = Addresses(Secret("b2" * 32))
    sealed = addresses.sealed(UUID(int=1), _URL)
    assert b"canary" not in sealed
    assert _URL == addresses.opened(UUID(int=1), sealed)
    with pytest.raises(InvalidTag):
        addresses.opened(UUID(int=2), sealed)
    with pytest.raises(InvalidTag):
        Addresses(Secret("b3" * 32)).opened(UUID(int=1), sealed)


def test_the_same_address_is_sealed_differently() -> None:
    """Who reads two cannot tell that they are one."""
    addresses = Addresses(Secret("b2" * 32))
    assert addresses.sealed(UUID(int=1), _URL) != addresses.sealed(UUID(int=1), _URL)
