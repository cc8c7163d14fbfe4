"""Amounts as Kubernetes writes them."""

import pytest

from groundplan.model.resources import Amount, Resources
from groundplan.targets.kubernetes import quantity

GIBI = float(1 << 30)


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        (256 * 2**20, "256Mi"),
        (2 * GIBI, "2Gi"),
        (1.5 * GIBI, "1536Mi"),
        (1025.0, "1025"),
        (2048.0, "2Ki"),
    ],
)
def test_memory_is_whole(size, expected):
    """The largest unit of which there is a whole number."""
    assert expected == quantity.memory(size)


def test_the_class_follows_from_requests_and_limits():
    """Guaranteed is who asks for as much as it may use."""
    small, large = Amount(cpu=0.1, memory=GIBI), Amount(cpu=0.2, memory=GIBI)
    assert {"cpu": "100m", "memory": "1Gi"} == quantity.amount(small)
    assert "Guaranteed" == quantity.quality_of_service(Resources(requests=small, limits=small))
    assert "Burstable" == quantity.quality_of_service(Resources(requests=small, limits=large))
