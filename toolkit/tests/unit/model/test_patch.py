"""Patches as they are read."""

from groundplan.model.patch import Target


def test_a_target_is_named_as_people_do() -> None:
    """Kind and name, as kubectl says them."""
    assert "Deployment backend" == str(Target("Deployment", "backend", "apps/v1", "shop"))
