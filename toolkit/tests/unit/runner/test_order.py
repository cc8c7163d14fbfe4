"""What a supervisor is told stays as it was told."""

from dataclasses import FrozenInstanceError

import pytest

from groundplan.model.folders import Folders
from groundplan.runner.order import Order


def test_an_order_cannot_be_changed(reference):
    """A run is what was asked for until it ends."""
    order = Order(reference, {"local": reference}, "local", Folders("/d", "/r", "/s"), 8080)
    with pytest.raises(FrozenInstanceError):
        order.port_base = 9090
