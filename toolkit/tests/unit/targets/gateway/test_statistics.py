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
        ("cluster.backend.lb_subsets_active", False),
        ("runtime.load_success", False),
        ("dns.cares.timeouts", False),
    ],
)
def test_only_what_is_read_is_kept(name, is_kept):
    """Numbers that alerts and dashboards read are kept, others cost no memory."""
    assert is_kept is kept(name)
