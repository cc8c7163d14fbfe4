"""What Terraform said, and what stands there before."""

from collections.abc import Callable
from typing import Any

from groundplan.model.platform import Platform
from groundplan.targets.kubernetes import output


def test_what_terraform_said_is_passed_on(
    reference: Platform, in_cluster: Callable[..., Any]
) -> None:
    """Values and hosts come out as they are."""
    placed = in_cluster(reference, outputs={"vpc_id": "vpc-1", "database_endpoint": "db.example"})
    assert "vpc-1" == output.value(placed, "vpc_id")
    assert "db.example" == output.host(placed, "database_endpoint")


def test_before_an_apply_a_word_says_so(
    reference: Platform, in_cluster: Callable[..., Any]
) -> None:
    """A host that was not made is one that no name server knows."""
    placed = in_cluster(reference)
    assert "not-applied" == output.value(placed, "vpc_id")
    assert "not-applied.invalid" == output.host(placed, "database_endpoint")
