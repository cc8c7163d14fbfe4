"""What must hold between values of the file: one small function each, by subject."""

from typing import Final

from groundplan.loader.rules import (
    account,
    calls,
    cluster,
    data,
    kinds,
    network,
    promises,
    resilience,
    resources,
    routes,
    slos,
    versions,
)
from groundplan.loader.rules.rule import Rule

ALL: Final[tuple[Rule, ...]] = (
    *network.RULES,
    *cluster.RULES,
    *account.RULES,
    *kinds.RULES,
    *calls.RULES,
    *routes.RULES,
    *resources.RULES,
    *resilience.RULES,
    *data.RULES,
    *promises.RULES,
    *slos.RULES,
    *versions.RULES,
)
