"""Objectives have one indicator; faults have alerts."""

import pytest
from pydantic import ValidationError

from groundplan.model.objective import Fault, Faults, Promptness, Slo


def test_an_objective_is_the_share_that_must_be_good() -> None:
    """Of requests, or of answers within a time."""
    assert 0.999 == Slo(service="gateway", availability=0.999).objective
    prompt = Promptness(threshold=0.2, share=0.95)
    assert 0.95 == Slo(service="gateway", latency=prompt).objective


@pytest.mark.parametrize(
    "given",
    [{}, {"availability": "99%", "latency": {"threshold": "1s", "share": "95%"}}],
)
def test_an_objective_has_exactly_one_indicator(given: dict[str, object]) -> None:
    """None and two are refused in the same words."""
    with pytest.raises(ValidationError, match="exactly one of availability and latency"):
        Slo.model_validate({"service": "gateway", **given})


def test_the_matrix_names_faults_as_the_file_does() -> None:
    """Seven faults, each with at least one alert."""
    matrix = Faults().matrix()
    assert ("DatabaseDown", "AvailabilityBudgetBurn") == matrix["databaseDown"]
    assert 7 == len(matrix)


def test_a_fault_without_an_alert_or_with_an_unknown_one_is_refused() -> None:
    """A fault that nobody would notice is no entry of the catalogue."""
    for alerts in ([], ["Nonsense"]):
        with pytest.raises(ValidationError):
            Fault.model_validate({"alerts": alerts})
