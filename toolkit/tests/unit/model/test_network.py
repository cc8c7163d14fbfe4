"""Networks as values."""

from ipaddress import IPv4Network

import pytest
from pydantic import ValidationError

from groundplan.model.network import Vpn


def test_reads_a_network() -> None:
    """A network is its first address and its length."""
    assert IPv4Network("10.0.0.0/16") == Vpn.model_validate({"cidr": "10.0.0.0/16"}).cidr


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("10.0.0.0", "must be a network such as"),
        ("10.0.0.0/33", "must be a network such as"),
        ("::/0", "must be a network such as"),
        (10, "must be a network such as"),
        ("10.0.3.7/16", "must be the first address of a network such as 10.0.0.0/16"),
    ],
)
def test_says_what_is_wrong_with_others(written: object, words: str) -> None:
    """An address inside a network is told from nonsense."""
    with pytest.raises(ValidationError, match=words):
        Vpn.model_validate({"cidr": written})
