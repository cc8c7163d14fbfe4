import pytest

from groundplan.targets.gateway import authz, clusters


@pytest.fixture
def made(platform, here, found):
    """Return the clusters on this machine by name."""
    return {each["name"]: each for each in clusters.clusters(platform, here, found)}


def test_every_called_service_has_one(made):
    """Whoever has routes, and whoever is asked, has a cluster."""
    assert {"authz", "backend", "shop"} == made.keys()


def test_breakers_and_budget_come_from_the_model(made):
    """What the file says of breakers and retries is what Envoy is told."""
    threshold, _ = made["backend"]["circuit_breakers"]["thresholds"]
    assert (256, 256, 512) == (
        threshold["max_connections"],
        threshold["max_pending_requests"],
        threshold["max_requests"],
    )
    assert {"value": 20.0} == threshold["retry_budget"]["budget_percent"]


def test_streams_are_counted_apart(made):
    """A thousand followers leave the room of short requests as it is."""
    short, streams = made["backend"]["circuit_breakers"]["thresholds"]
    assert (None, clusters.STREAMS) == (short.get("priority"), streams["priority"])
    assert 4 * short["max_connections"] == streams["max_connections"] >= 1000
    assert 4 * short["max_requests"] == streams["max_requests"]


def test_a_burst_of_questions_is_no_burst_of_handshakes(made):
    """Questions wait for a connection, and one that is being made outlives the try it is for."""
    threshold, *_ = made["authz"]["circuit_breakers"]["thresholds"]
    assert (16, 1024) == (threshold["max_connections"], threshold["max_pending_requests"])
    assert float(made["authz"]["connect_timeout"].rstrip("s")) > float(authz.TRY.rstrip("s"))


def test_outlier_detection_comes_from_the_model(made):
    """Errors in a row, sweep, ejection and the most that are ejected come from the file."""
    outlier = made["backend"]["outlier_detection"]
    assert (5, "2s", "10s", 50) == (
        outlier["consecutive_5xx"],
        outlier["interval"],
        outlier["base_ejection_time"],
        outlier["max_ejection_percent"],
    )


def test_health_is_asked_as_the_probes_say(made):
    """Our services are asked by HTTP, unknown ones by a connection."""
    (ours,) = made["backend"]["health_checks"]
    (own,) = made["shop"]["health_checks"]
    assert {"path": "/healthz/ready"} == ours["http_health_check"]
    assert {} == own["tcp_health_check"]


def test_a_replica_that_leaves_is_left(made):
    """What no longer stands in the file gets no requests, however healthy it looks."""
    assert all(each["ignore_health_on_host_removal"] for each in made.values())


def test_idle_connections_end_before_the_service_ends_them(made):
    """Of an unknown server no idle connection is used that it may be closing."""
    idle = {
        name: next(iter(each["typed_extension_protocol_options"].values()))[
            "common_http_protocol_options"
        ]["idle_timeout"]
        for name, each in made.items()
    }
    assert {"authz": "15s", "backend": "15s", "shop": "1.5s"} == idle


def test_files_here_names_there(made, platform, cluster, found):
    """On this machine endpoints come from files, in Kubernetes from names."""
    assert "EDS" == made["backend"]["type"]
    there = {each["name"]: each for each in clusters.clusters(platform, cluster, found)}
    assert "STRICT_DNS" == there["backend"]["type"]
    assert "backend.gp.svc.cluster.local" in str(there["backend"]["load_assignment"])


def test_the_admin_socket_is_a_cluster():
    """Statistics are fetched from Envoy's own socket."""
    assert "/run/a.sock" in str(clusters.admin("/run/a.sock"))
