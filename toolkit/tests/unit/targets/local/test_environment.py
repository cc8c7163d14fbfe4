"""Every service is told the same things in the same words."""

from groundplan.targets.local import environment


def test_telemetry_knows_the_replica(reference, placement):
    """The name and the instance that signals carry are set."""
    told = environment.standard(reference, placement, "backend", 2)
    assert "backend" == told["OTEL_SERVICE_NAME"]
    assert "service.instance.id=backend-2" in told["OTEL_RESOURCE_ATTRIBUTES"]


def test_an_account_is_an_identifier():
    """A service's name becomes a name that SQL takes without quotes."""
    assert "notes_app" == environment.account("notes-app")
