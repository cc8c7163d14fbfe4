"""The platform as targets see it."""

from groundplan.model.platform import Platform
from groundplan.model.service import Kind


def test_answers_the_questions_of_targets(reference: Platform) -> None:
    """Services by kind, callers of a store, zones and the issuer follow from the file."""
    assert ["backend"] == [name for name, _ in reference.of_kind(Kind.BACKEND)]
    assert ["authz", "backend"] == reference.callers_of("cache")
    assert ["us-east-1a", "us-east-1b", "us-east-1c"] == reference.zones
    assert "https://groundplan.example" == reference.issuer
