from dataclasses import replace

import pytest

from groundplan.model.placement import Address, Endpoint
from groundplan.targets.gateway import bootstrap, tracing


@pytest.fixture
def stored(here):
    """Place a store of signals beside the others."""
    store = Endpoint("telemetry", 1, Address("127.0.0.1", 9500))
    return replace(here, endpoints=(*here.endpoints, store))


def sampler(made):
    return made["tracing"]["provider"]["typed_config"]["sampler"]["typed_config"]


def test_without_anybody_who_takes_spans_nothing_is_said_of_them(platform, here):
    """Neither on the listener nor among clusters, secrets and settings."""
    assert {} == tracing.on_requests(platform, here, here.of("gateway")[0])
    assert ([], [], {}) == (
        tracing.clusters(here),
        tracing.secrets(here),
        tracing.runtime(here),
    )


def test_the_edge_decides_and_a_share_of_what_comes_past_it(platform, stored):
    """A request with a trace is sampled as it says; another one by the share of the file."""
    made = tracing.on_requests(platform, stored, stored.of("gateway")[0])
    share = sampler(made)["wrapped_sampler"]["typed_config"]["sampling_percentage"]
    expected = round(platform.observability.traces.sampling * 1_000_000)
    assert {"numerator": expected, "denominator": "MILLION"} == share


def test_a_span_holds_no_query(platform, stored):
    """Of the address only the path is told, without what may be a secret."""
    told = tracing.on_requests(platform, stored, stored.of("gateway")[0])["tracing"]
    assert 0 == told["max_path_tag_length"]
    assert {"tag": "url.path", "value": "%PATH(NQ)%"} in told["custom_tags"]


def test_the_id_of_a_request_stays_as_it_is(platform, stored):
    """No bit of it is used to say that there is a trace."""
    made = tracing.on_requests(platform, stored, stored.of("gateway")[0])
    told = made["request_id_extension"]["typed_config"]
    assert (False, False) == (
        told["pack_trace_reason"],
        told["use_request_id_for_trace_sampling"],
    )


def test_spans_are_sent_with_the_key_of_the_store(platform, stored, found):
    """The key is read from its file, on this machine only."""
    made = bootstrap.render(platform, stored, found, stored.of("gateway")[0])
    (secret,) = tracing.secrets(stored)
    assert secret in made["static_resources"]["secrets"]
    file = secret["generic_secret"]["secret"]["filename"]
    assert "/data/config/secrets/telemetry.send-key" == file
    (cluster,) = tracing.clusters(stored)
    assert cluster in made["static_resources"]["clusters"]
    assert tracing.KEY in str(cluster["typed_extension_protocol_options"])


def test_in_a_cluster_the_node_s_collector_takes_them(platform, encrypted_cluster):
    """By its name, over TLS with nobody but who bears it, and without a key."""
    (cluster,) = tracing.clusters(encrypted_cluster)
    assert ("collector", "STRICT_DNS") == (cluster["name"], cluster["type"])
    assert "UpstreamTlsContext" in str(cluster["transport_socket"])
    assert "typed_extension_protocol_options" not in cluster
    assert [] == tracing.secrets(encrypted_cluster)
    at = encrypted_cluster.of("gateway")[0]
    provider = tracing.on_requests(platform, encrypted_cluster, at)["tracing"]["provider"]
    uri = provider["typed_config"]["http_service"]["http_uri"]["uri"]
    assert "https://collector/v1/traces" == uri


def test_who_takes_spans_slowly_holds_few_up(stored):
    """A handful of requests are under way at the most, and none for longer than a second."""
    (cluster,) = tracing.clusters(stored)
    (limits,) = cluster["circuit_breakers"]["thresholds"]
    assert limits["max_requests"] <= 8
    assert "1s" == tracing.TIMEOUT
