"""Services."""

import pytest
from pydantic import ValidationError

from groundplan.model.probe import Probes
from groundplan.model.service import Run, Service


def test_probes_fit_the_kind() -> None:
    """Probes that are not given follow from whose program it is."""
    own = Service.model_validate({"kind": "service", "run": {"command": ["x"]}})
    assert (True, Probes.connecting()) == (own.is_own, own.effective_probes)
    assert Probes.asking() == Service.model_validate({"kind": "backend"}).effective_probes


@pytest.mark.parametrize(
    "run",
    [{}, {"asgi": "a:b", "wsgi": "a:b"}, {"asgi": "a b"}, {"command": []}, {"command": [""]}],
)
def test_a_program_is_started_in_one_way(run: dict[str, object]) -> None:
    """No way, two ways and empty ways to start are refused."""
    with pytest.raises(ValidationError):
        Run.model_validate(run)
