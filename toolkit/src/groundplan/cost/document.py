"""A bill as plain values: for programs on a command line, and for the console."""

from collections.abc import Iterable
from typing import Any

from groundplan.cost.amount import Range
from groundplan.cost.compare import Difference
from groundplan.cost.estimate import LEFT_OUT
from groundplan.cost.line import Bill, Line
from groundplan.cost.savings import Saving


def document(bill: Bill, savings: Iterable[Saving]) -> dict[str, Any]:
    """Return a bill and what would save; amounts are US dollars a month, rounded to cents."""
    return {
        "environment": bill.environment,
        "region": bill.region,
        "budget": bill.budget,
        "over_budget": _cents(bill.over_budget),
        "total": _range(bill.total),
        "components": {name.value: _range(cost) for name, cost in bill.by_component.items()},
        "tags": {name: _range(cost) for name, cost in bill.by_tag.items()},
        "lines": [_line(each) for each in bill.lines],
        "savings": [_saving(each) for each in savings],
        "left_out": list(LEFT_OUT),
    }


def compared(found: Difference) -> dict[str, Any]:
    """Return what changes between two bills; amounts are US dollars a month."""
    return {
        "before": found.before.environment,
        "after": found.after.environment,
        "expected": _cents(found.expected),
        "changes": [
            {
                "component": change.component.value,
                "name": change.name,
                "before": _range(change.before.cost) if change.before else None,
                "after": _range(change.after.cost) if change.after else None,
                "expected": _cents(change.expected),
            }
            for change in found.changes
        ],
    }


def _line(line: Line) -> dict[str, Any]:
    return {
        "component": line.component.value,
        "name": line.name,
        "what": line.what,
        "quantity": {key: round(value, 3) for key, value in _ends(line.quantity).items()},
        "unit": line.price.unit,
        "price": line.price.usd,
        "cost": _range(line.cost),
        "assumption": line.assumption,
        "tagged": line.tagged,
        "source": line.price.page,
        "as_of": line.price.as_of.isoformat(),
        "evidence": line.price.evidence,
        "confirmed": line.price.confirmed,
    }


def _saving(saving: Saving) -> dict[str, Any]:
    return {
        "name": saving.name,
        "usd": _cents(saving.usd),
        "how": saving.how,
        "risk": saving.risk,
        "assumption": saving.assumption,
    }


def _range(of: Range) -> dict[str, float]:
    return {key: _cents(value) for key, value in _ends(of).items()}


def _ends(of: Range) -> dict[str, float]:
    return {"low": of.low, "expected": of.expected, "high": of.high}


def _cents(dollars: float) -> float:
    return round(dollars, 2)
