"""Every service is told the same things in the same words."""

from groundplan.targets import local
from groundplan.targets.local import environment


def test_telemetry_knows_the_replica(reference, placement):
    """The name and the instance that signals carry are set."""
    told = environment.standard(reference, placement, "backend", 2)
    assert "backend" == told["OTEL_SERVICE_NAME"]
    assert "service.instance.id=backend-2" in told["OTEL_RESOURCE_ATTRIBUTES"]


def test_an_account_is_an_identifier():
    """A service's name becomes a name that SQL takes without quotes."""
    assert "notes_app" == environment.account("notes-app")


def test_the_environment_that_runs_is_told(reference, folders):
    """Another environment than local is named in settings and signals."""
    ports = {need.name: 9000 + index for index, need in enumerate(local.needs(reference))}
    placed = local.place(reference, ports, folders, environment="dev")
    told = environment.standard(reference, placed, "backend", 1)
    assert "dev" == told["GROUNDPLAN_ENVIRONMENT"]
    assert "deployment.environment.name=dev" in told["OTEL_RESOURCE_ATTRIBUTES"]
