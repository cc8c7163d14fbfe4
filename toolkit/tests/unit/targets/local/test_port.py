"""Ports are needed in a lasting order and under lasting names."""

from groundplan.targets import local


def test_what_people_open_comes_first(reference):
    """The frontend's one port is asked for before all others, so that it gets the base."""
    assert "frontend" == local.needs(reference)[0].name


def test_every_replica_needs_a_port_and_a_gateway_two(reference):
    """Replicas are named by number; a gateway also shows statistics."""
    names = {need.name for need in local.needs(reference)}
    assert {
        "frontend",
        "database-1",
        "cache-1",
        "authz-1",
        "authz-2",
        "backend-1",
        "backend-2",
        "gateway-1",
        "gateway-2",
        "gateway.statistics-1",
        "gateway.statistics-2",
        "telemetry-1",
    } == names


def test_a_port_belongs_to_the_replica_that_listens(reference):
    """A replica's second port is its own, a shared one belongs to all."""
    found = [n.name for n in local.needs(reference) if n.belongs_to("gateway", 2)]
    assert ["gateway-2", "gateway.statistics-2"] == sorted(found)
    assert [n for n in local.needs(reference) if n.belongs_to("frontend", 2)]


def test_frontend_replicas_share_one_address(placement):
    """Both replicas of the frontend stand at the address that people open."""
    addresses = {str(at.address) for at in placement.of("frontend")}
    assert {placement.public_url.removeprefix("http://")} == addresses
    assert 2 == len(placement.of("frontend"))


def test_draining_replicas_are_marked(reference, folders):
    """A replica named as draining is placed as such, its sibling is not."""
    ports = {need.name: 9000 + index for index, need in enumerate(local.needs(reference))}
    placed = local.place(reference, ports, folders, draining=frozenset({"backend-1"}))
    assert [True, False] == [at.draining for at in placed.of("backend")]
