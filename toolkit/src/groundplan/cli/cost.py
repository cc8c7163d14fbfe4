"""`./run cost ENV`: what an environment costs at AWS in a month, and what would save."""

import argparse
from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any, Final

from groundplan import cost, loader
from groundplan.cost import document, page
from groundplan.errors import UsageError
from groundplan.formats import json
from groundplan.model.platform import Platform

LOCAL: Final = "local"


def add_parser(subparsers: Any) -> None:
    """Describe the command's words."""
    parser = subparsers.add_parser("cost", help="estimate the month's bill", description=__doc__)
    parser.add_argument("environment", metavar="ENV", help="dev, prod or one of your own")
    parser.add_argument("--against", metavar="OTHER", help="show what it costs more than another")
    parser.add_argument("--sources", action="store_true", help="say where each price comes from")
    parser.add_argument("--json", action="store_true", help="as JSON, with every source")
    parser.add_argument("--file", default="platform.yaml", help="the platform file")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Estimate one environment, or compare two; a bill over its budget is no failure."""
    today = datetime.now(UTC).date()
    platform, bill = _bill(arguments.file, arguments.environment, today)
    savings = cost.savings(platform, bill, today)
    if arguments.against is None:
        if arguments.json:
            print(json.dump(document.document(bill, savings)), end="")
        else:
            _show(page.page(bill, savings, sources=arguments.sources))
        return 0
    _, other = _bill(arguments.file, arguments.against, today)
    found = cost.difference(other, bill)
    if arguments.json:
        print(json.dump(document.compared(found)), end="")
    else:
        _show([page.summary(other), page.summary(bill), *page.compared(found)])
    return 0


def _bill(file: str, environment: str, today: date) -> tuple[Platform, cost.Bill]:
    if environment == LOCAL:
        message = f"{LOCAL} runs on this machine and costs nothing at AWS"
        raise UsageError(message, hint="name another environment of the file, such as dev")
    platform = loader.load(file, environment)
    return platform, cost.estimate(platform, environment, today)


def _show(lines: Iterable[str]) -> None:
    for line in lines:
        print(line)
