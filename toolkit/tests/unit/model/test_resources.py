"""Resources as plain numbers."""

from groundplan.model.resources import Resources


def test_amounts_are_cores_and_bytes() -> None:
    """250m is a quarter of a core, 256Mi is 2**28 bytes."""
    amount = {"cpu": "250m", "memory": "256Mi"}
    found = Resources.model_validate({"requests": amount, "limits": amount})
    assert (0.25, 2.0**28) == (found.requests.cpu, found.limits.memory)
