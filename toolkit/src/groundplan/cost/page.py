"""A bill as lines of text for people: every line, totals, assumptions, savings, sources."""

from collections.abc import Iterable, Iterator, Sequence

from groundplan.cost.amount import Range
from groundplan.cost.compare import Difference
from groundplan.cost.estimate import LEFT_OUT
from groundplan.cost.line import Bill, Component, Line
from groundplan.cost.price import Price
from groundplan.cost.savings import Saving

HEAD = ("USD a month", "", "least", "expected", "most")


def page(bill: Bill, savings: Sequence[Saving], *, sources: bool = False) -> Iterator[str]:
    """Yield the page's lines; `sources` adds where each price comes from."""
    yield summary(bill)
    yield ""
    yield from _lines(bill)
    yield ""
    yield from _tags(bill)
    yield ""
    yield "Assumed, because the file does not tell:"
    yield from _assumptions(bill.lines)
    yield "Not counted:"
    yield from (f"  {each}" for each in LEFT_OUT)
    if savings:
        yield ""
        yield from _savings(savings)
    yield ""
    yield from _prices(bill, sources)


def summary(bill: Bill) -> str:
    """Return the bill in one sentence: its total, its range and how it stands to the budget."""
    cost = bill.total
    stands = "over" if bill.over_budget > 0 else "under"
    return (
        f"{bill.environment} in {bill.region}: {cost.expected:,.0f} USD a month expected, "
        f"{cost.low:,.0f} to {cost.high:,.0f}; "
        f"{abs(bill.over_budget):,.0f} {stands} the budget of {bill.budget:,}"
    )


def compared(found: Difference) -> Iterator[str]:
    """Yield what changes from one bill to another, line by line."""
    before, after = found.before, found.after
    word = "more" if found.expected >= 0 else "less"
    yield (
        f"{after.environment} is expected to cost {abs(found.expected):,.2f} USD a month {word} "
        f"than {before.environment}"
    )
    yield ""
    rows = [("USD a month", before.environment, after.environment, "change")]
    for change in found.changes:
        old, new = (_dollars(each) for each in (change.before, change.after))
        name = f"{change.component} {change.name}"
        rows.append((name, old, new, f"{change.expected:+,.2f}"))
    yield from _table(rows, texts=1)


def _dollars(line: Line | None) -> str:
    return f"{line.cost.expected:,.2f}" if line else "-"


def _lines(bill: Bill) -> Iterator[str]:
    rows: list[Sequence[str]] = [HEAD]
    for component, cost in bill.by_component.items():
        rows.append((component.value, "", *_three(cost)))
        rows.extend(_row(each) for each in bill.lines if each.component is component)
    rows.append(("total", "", *_three(bill.total)))
    yield from _table(rows, texts=2)


def _row(line: Line) -> Sequence[str]:
    doubt = "" if line.price.confirmed else " ?"
    price = f"{_number(line.quantity.expected)} x {line.price.usd:g} per {line.price.unit}{doubt}"
    return f"  {line.name}", f"{line.what}: {price}", *_three(line.cost)


def _three(cost: Range) -> tuple[str, str, str]:
    return f"{cost.low:,.2f}", f"{cost.expected:,.2f}", f"{cost.high:,.2f}"


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 or value == int(value) else f"{value:.2g}"


def _tags(bill: Bill) -> Iterator[str]:
    rows: list[Sequence[str]] = [("by tag", "least", "expected", "most")]
    rows.extend((name, *_three(cost)) for name, cost in bill.by_tag.items())
    yield from _table(rows, texts=1)


def _assumptions(lines: Iterable[Line]) -> Iterator[str]:
    """Yield each assumption once, behind the names of the lines that rest on it."""
    names: dict[str, list[str]] = {}
    for line in lines:
        if line.assumption:
            names.setdefault(line.assumption, []).append(_called(line))
    for assumption, found in names.items():
        yield f"  {', '.join(found)}: {assumption}"


def _called(line: Line) -> str:
    return line.name if line.component is not Component.TRAFFIC else f"data {line.name}"


def _savings(savings: Sequence[Saving]) -> Iterator[str]:
    yield "Could be saved, USD of the expected month; the ways overlap:"
    for each in savings:
        yield f"  {each.usd:8,.2f}  {each.name}"
        yield f"            how: {each.how}"
        yield f"            risk: {each.risk}"
        if each.assumption:
            yield f"            assumed: {each.assumption}"


def _prices(bill: Bill, sources: bool) -> Iterator[str]:
    prices = {each.price: None for each in bill.lines}
    doubtful = ", ".join(dict.fromkeys(each.name for each in bill.unconfirmed))
    count = len({each.price for each in bill.unconfirmed})
    yield (
        f"Prices are AWS's list prices on demand. {len(prices) - count} of {len(prices)} were "
        "confirmed by something beside the page that lists them"
        + (f"; not, and marked ?: {doubtful}" if count else "")
    )
    if not sources:
        return
    for line in {each.price: each for each in bill.lines}.values():
        yield f"  {line.name}: {_source(line.price)}"


def _source(price: Price) -> str:
    known = price.evidence or "not confirmed"
    return f"{price.usd:g} per {price.unit}, {price.page}, as of {price.as_of}; {known}"


def _table(rows: Sequence[Sequence[str]], *, texts: int) -> Iterator[str]:
    """Yield rows in columns; the first `texts` columns are words, the others amounts."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (
            cell.ljust(width) if index < texts else cell.rjust(width)
            for index, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        yield "  ".join(cells).rstrip()
