import re

import pytest

from groundplan.targets.gateway import statistics


def kept(name):
    patterns = statistics.matcher()["stats_matcher"]["inclusion_list"]["patterns"]
    return any(re.fullmatch(each["safe_regex"]["regex"], name) for each in patterns)


@pytest.mark.parametrize(
    ("name", "is_kept"),
    [
        ("http.gateway.downstream_rq_5xx", True),
        ("http.gateway.ext_authz.authz.error", True),
        ("cluster.backend.upstream_rq_time", True),
        ("cluster.backend.membership_healthy", True),
        ("cluster.backend.outlier_detection.ejections_active", True),
        ("cluster.authz.circuit_breakers.default.rq_open", True),
        ("server.memory_allocated", True),
        ("server.days_until_first_cert_expiring", True),
        ("vhost.all.vcluster.to_backend.upstream_rq_time", True),
        ("cluster.backend.lb_subsets_active", False),
        ("runtime.load_success", False),
        ("dns.cares.timeouts", False),
    ],
)
def test_only_what_is_read_is_kept(name, is_kept):
    """Numbers that alerts and dashboards read are kept, others cost no memory."""
    assert is_kept is kept(name)


def test_times_are_counted_at_the_bounds_of_objectives(platform_with):
    """Whether an answer came in time can be told for each objective."""
    text = """
objectives:
  slos: {odd: {service: backend, latency: {threshold: 333ms, share: 99%}}}
"""
    (settings,) = statistics.buckets(platform_with(text))["histogram_bucket_settings"]
    assert {200.0, 333.0} <= set(settings["buckets"])
    assert settings["buckets"] == sorted(settings["buckets"])
