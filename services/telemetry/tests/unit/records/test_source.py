"""Who sent a record is read from its resource."""

from groundplan_telemetry.records import source


def test_a_resource_is_a_service_and_a_replica():
    """Name and instance are told apart from the rest, which is kept."""
    told = {"service.name": "backend", "service.instance.id": "backend-1", "host.name": "a"}
    found = source.of_resource(told)
    assert ("backend", "backend-1", '{"host.name":"a"}') == tuple(found)
    assert found is source.of_resource(dict(reversed(told.items())))


def test_a_sender_without_a_name_is_unknown():
    """A resource that says nothing is kept under a name of its own."""
    assert ("unknown", "", "{}") == tuple(source.of_resource({}))
