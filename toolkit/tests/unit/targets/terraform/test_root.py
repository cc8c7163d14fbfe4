"""What a root begins with."""

from collections.abc import Callable

from groundplan.formats import hcl
from groundplan.targets.terraform import root
from groundplan.targets.terraform.stack import Stack


def test_state_is_kept_where_the_file_says(stack_with: Callable[..., Stack]) -> None:
    """A file beside the files, or a bucket that locks."""
    assert 'backend "local" {}' in hcl.dump(root.versions(stack_with()))
    bucket = hcl.dump(root.versions(stack_with("delivery: {stateBucket: shop-state}")))
    assert 'key          = "groundplan-prod/terraform.tfstate"' in bucket
    assert "use_lockfile = true" in bucket


def test_versions_are_exact(stack_with: Callable[..., Stack]) -> None:
    """The provider is the one that was tried."""
    assert 'version = "5.100.0"' in hcl.dump(root.versions(stack_with()))


def test_whoever_applies_gets_in_unless_somebody_is_named(
    stack_with: Callable[..., Stack],
) -> None:
    """The applier's identity is asked for only where it is used."""
    assert "aws_iam_session_context" in hcl.dump(root.names(stack_with()))
    arn = "arn:aws:iam::123456789012:role/admin"
    named = stack_with(f'cluster: {{administrators: {{team: "{arn}"}}}}')
    assert "aws_iam_session_context" not in hcl.dump(root.names(named))


def test_a_simulator_is_a_switch_of_the_provider(stack_with: Callable[..., Stack]) -> None:
    """What skips checks depends on the variable, which is off."""
    provider = hcl.dump(root.provider(stack_with()))
    assert "default     = false" in provider
    assert "skip_credentials_validation = var.simulated" in provider
