"""What the real store says of itself."""

from groundplan_backend.telemetry import store_condition
from groundplan_backend.telemetry.ask import Place


async def test_what_is_kept_is_told(place: Place) -> None:
    """Each signal with its size; nothing was lost, and it is said so."""
    found = await store_condition.read(place)
    kept = {one.signal: one for one in found.kept}
    assert {"traces", "logs", "metrics"} <= set(kept)
    assert kept["traces"].bytes is not None
    assert () == found.drops
