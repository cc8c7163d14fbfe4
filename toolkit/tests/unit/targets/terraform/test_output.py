"""What the root tells."""

from collections.abc import Callable

from groundplan.targets.terraform import output
from groundplan.targets.terraform.stack import Stack


def test_outputs_tell_what_comes_next_and_no_secret(stack_with: Callable[..., Stack]) -> None:
    """Every output has a description; the database's secret is named, not shown."""
    blocks = output.blocks(stack_with())
    assert all(block.attributes["description"] for block in blocks)
    names = {block.labels[0] for block in blocks}
    assert {"cluster_access", "repository_urls", "database_secret_arn"} <= names
    assert not {name for name in names if "password" in name}
