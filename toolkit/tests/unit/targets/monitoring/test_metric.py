"""Names of metrics stand once, and are names."""

import re

from groundplan.targets.monitoring import metric


def test_no_metric_has_two_names_here() -> None:
    """And each could be one of Prometheus'."""
    given = [getattr(metric, name) for name in vars(metric) if name.isupper()]
    values = [each for one in given for each in ([one] if isinstance(one, str) else one)]
    assert len(values) == len(set(values))
    assert [] == [each for each in values if not re.fullmatch(r"[a-z][A-Za-z0-9_]*", each)]
