"""The cluster, the database and the buckets."""

from collections.abc import Callable
from typing import Any

from groundplan.targets.terraform import data
from groundplan.targets.terraform.stack import Stack


def calls(stack: Stack) -> dict[str, Any]:
    """Return the values of each call."""
    return {block.labels[0]: block.attributes for block in data.blocks(stack)}


def test_node_groups_are_the_file_s(stack_with: Callable[..., Stack]) -> None:
    """Types, capacity and counts arrive."""
    assert calls(stack_with())["cluster"]["node_groups"]["spare"] == {
        "instance_types": ["t3.large", "t3.xlarge"],
        "capacity": "spot",
        "min": 0,
        "desired": 0,
        "max": 10,
    }


def test_sizes_are_in_terraform_s_units(stack_with: Callable[..., Stack]) -> None:
    """Storage is in GiB, time-outs in milliseconds."""
    database = calls(stack_with("database: {storage: 40Gi, statementTimeout: 3s}"))["database"]
    assert (40, 200, 3000) == (
        database["storage_gib"],
        database["max_storage_gib"],
        database["statement_timeout_ms"],
    )


def test_only_our_own_images_have_repositories(stack_with: Callable[..., Stack]) -> None:
    """A service that brings an image from elsewhere gets none."""
    stack = stack_with(
        "services:\n"
        "  built: {kind: service, run: {command: [s]}}\n"
        "  brought: {kind: service, run: {command: [s], image: example.com/a@sha256:1}}"
    )
    names = calls(stack)["storage"]["repositories"]
    assert "built" in names
    assert "brought" not in names
