"""The rules as objects of the Prometheus operator: one PrometheusRule a group.

Takes a platform and a placement in a cluster; hands on plain objects. Their content is that of
the plain files, which other tools can read.
"""

from typing import Final

from groundplan.model.placement import Placement
from groundplan.model.platform import Platform
from groundplan.targets.monitoring import rules
from groundplan.targets.monitoring.manifest import Maker, Object

COMPONENT: Final = "rules"
KIND: Final = "monitoring.coreos.com/v1 PrometheusRule"


def objects(platform: Platform, placement: Placement) -> list[Object]:
    """Return one object a group."""
    maker, time = Maker(platform, placement, COMPONENT), rules.clock(platform, placement)
    return [
        maker.make(
            KIND, {"spec": {"groups": [group.plain(time)]}}, f"{platform.name}-{group.name}"
        )
        for group in rules.groups(platform, placement)
    ]
