"""Savings of the account: guards that it has already, and versions that cost extra."""

from collections.abc import Iterator

from groundplan.cost.cluster import is_extended
from groundplan.cost.savings.saving import Case, Saving
from groundplan.model import support
from groundplan.model.account import Guards


def savings(case: Case) -> Iterator[Saving]:
    """Yield them."""
    yield from _guards(case)
    yield from _version(case)


def _guards(case: Case) -> Iterator[Saving]:
    on = case.platform.security.guards
    names = [key for key in ("guardduty", "config", "security_hub") if getattr(on, key)]
    if not names:
        return
    off = Guards(**{**on.model_dump(), **dict.fromkeys(names, False)})
    security = case.platform.security.model_copy(update={"guards": off})
    keys = {"security_hub": "securityHub"}
    yield Saving(
        "no second set of account guards",
        case.saved(case.platform.model_copy(update={"security": security})),
        "security.guards: {" + ", ".join(f"{keys.get(n, n)}: false" for n in names) + "}",
        "only where another environment of the same account has them on; else nobody watches",
    )


def _version(case: Case) -> Iterator[Saving]:
    if not is_extended(case.platform.cluster.version, case.today):
        return
    newest = max(support.KUBERNETES, key=lambda each: int(each.split(".")[1]))
    cluster = case.platform.cluster.model_copy(update={"version": newest})
    yield Saving(
        "a Kubernetes version in standard support",
        case.saved(case.platform.model_copy(update={"cluster": cluster})),
        f'cluster.version: "{newest}", one minor version after the other',
        "interfaces that were removed in between",
    )
