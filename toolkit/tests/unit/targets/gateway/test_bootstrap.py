from groundplan.targets.gateway import admin_socket, bootstrap


def test_the_admin_interface_is_a_private_socket(envoy, here):
    """Nobody but the owner reaches Envoy's administration, and nobody over the network."""
    path = admin_socket(here, here.of("gateway")[0])
    assert "/run/gp/gateway-1.admin.sock" == path
    assert {"pipe": {"path": path, "mode": 0o600}} == envoy["admin"]["address"]


def test_statistics_stand_where_they_were_placed(envoy):
    """A placed port is used; the listener is on loopback."""
    address = envoy["static_resources"]["listeners"][1]["address"]["socket_address"]
    assert {"address": "127.0.0.1", "port_value": 9901} == address


def test_connections_of_a_listener_are_bounded(envoy):
    """The main listener has a limit of its own."""
    (layer,) = envoy["layered_runtime"]["layers"]
    limit = "envoy.resource_limits.listener.main.connection_limit"
    assert {limit: 10000} == layer["static_layer"]
    assert "main" == envoy["static_resources"]["listeners"][0]["name"]


def test_a_pod_shows_statistics_to_the_monitoring(platform, cluster, found):
    """In Kubernetes they stand on one port of every address; policies say who gets there."""
    made = bootstrap.render(platform, cluster, found, cluster.of("gateway")[0])
    address = made["static_resources"]["listeners"][1]["address"]["socket_address"]
    assert {"address": "0.0.0.0", "port_value": 9901} == address
