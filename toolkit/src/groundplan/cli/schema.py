"""`./run schema`: the JSON Schema of platform.yaml, so that editors complete it."""

import argparse
from typing import Any

from groundplan.formats import json
from groundplan.loader import page, schema


def add_parser(subparsers: Any) -> None:
    """Describe the command's words."""
    parser = subparsers.add_parser(
        "schema", help="print the JSON Schema of the platform file", description=__doc__
    )
    parser.add_argument("--markdown", action="store_true", help="print the reference page instead")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Print the schema, or the page made from it."""
    text = page.build() if arguments.markdown else json.dump(schema.build())
    print(text, end="")
    return 0
