import pytest

from groundplan.model.placement import Address
from groundplan.targets.gateway import listener


@pytest.fixture
def manager(envoy):
    """Return how the main listener reads requests."""
    main = envoy["static_resources"]["listeners"][0]
    return main["filter_chains"][0]["filters"][0]["typed_config"]


def test_paths_are_read_in_one_way(manager):
    """Paths are normalised, and what could be two paths is refused."""
    assert manager["normalize_path"]
    assert manager["merge_slashes"]
    assert "REJECT_REQUEST" == manager["path_with_escaped_slashes_action"]
    options = manager["common_http_protocol_options"]
    assert "REJECT_REQUEST" == options["headers_with_underscores_action"]


def test_sizes_are_bounded(envoy, manager):
    """Buffers, headers and streams have limits."""
    assert 32768 == envoy["static_resources"]["listeners"][0]["per_connection_buffer_limit_bytes"]
    assert 60 == manager["max_request_headers_kb"]
    assert 100 == manager["common_http_protocol_options"]["max_headers_count"]
    streams = manager["http2_protocol_options"]
    assert (100, 65536, 1 << 20) == (
        streams["max_concurrent_streams"],
        streams["initial_stream_window_size"],
        streams["initial_connection_window_size"],
    )


def test_nobody_is_waited_for_for_ever(manager):
    """Headers, whole requests and idle streams have their time; slow uploads have more."""
    assert ("10s", "120s", "60s") == (
        manager["request_headers_timeout"],
        manager["request_timeout"],
        manager["stream_idle_timeout"],
    )


def test_one_hop_is_believed(manager):
    """The address is the one that the nginx in front saw."""
    assert manager["use_remote_address"]
    assert 1 == manager["xff_num_trusted_hops"]


def test_a_pod_listens_to_all(platform, cluster, found):
    """In Kubernetes the name is the service's; the pod listens on every address."""
    made = listener.main(platform, cluster, found, cluster.of("gateway")[0])
    assert {"address": "0.0.0.0", "port_value": 8080} == made["address"]["socket_address"]


def test_statistics_show_one_path(here):
    """The listener for Prometheus leads to the numbers and nowhere else."""
    made = listener.statistics(here, Address("127.0.0.1", 9901))
    manager = made["filter_chains"][0]["filters"][0]["typed_config"]
    (route,) = manager["route_config"]["virtual_hosts"][0]["routes"]
    assert {"path": "/stats/prometheus"} == route["match"]
