"""A verdict as other programs read it."""

from typing import Any

from groundplan.reach.group import Rule
from groundplan.reach.matrix import Opening
from groundplan.reach.verdict import Verdict


def document(verdict: Verdict) -> dict[str, Any]:
    """Return the verdict as plain values; `missing` and `extra` are empty when all is well."""
    reasons = verdict.explained()
    return {
        "pods": [
            {**_opening(each), "reason": reasons.get((each.origin, each.target))}
            for each in verdict.matrix.open
        ],
        "groups": [
            {
                "from": way.origin,
                "to": way.target,
                "protocol": way.protocol,
                "port": way.port,
                "reason": ", ".join(why),
            }
            for way, why in verdict.ways.items()
        ],
        "missing": [
            *(str(each) for each in (*verdict.pods.missing, *verdict.held)),
            *(each.key for each in verdict.groups.missing),
        ],
        "extra": [
            *(_opening(each) for each in verdict.pods.extra),
            *(_rule(each) for each in verdict.groups.extra),
        ],
    }


def _opening(opening: Opening) -> dict[str, Any]:
    return {
        "from": opening.origin,
        "to": opening.target,
        "ports": [each._asdict() for each in opening.ports],
        "policies": list(opening.policies),
        "held": opening.is_held,
    }


def _rule(rule: Rule) -> dict[str, Any]:
    return {
        "group": rule.group,
        "direction": rule.direction.value,
        "peer": rule.peer,
        "first_port": rule.first_port,
        "last_port": rule.last_port,
        "protocol": rule.protocol,
    }
