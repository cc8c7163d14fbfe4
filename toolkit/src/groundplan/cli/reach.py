"""`./run reach ENV`: who can reach whom on which port and why; exit 4 where it is not as meant.

Pods are judged by the network policies as they are rendered, with their patches; security groups
by the rules that Terraform is given. Whatever is shown, everything is judged.
"""

import argparse
import re
from collections.abc import Iterator
from itertools import islice
from typing import Any, Final

import yaml

from groundplan.cli import render
from groundplan.errors import DriftError, UsageError
from groundplan.formats import json
from groundplan.loader.suggest import suggest
from groundplan.model.file import Files
from groundplan.model.platform import Platform
from groundplan.model.way import Way
from groundplan.reach import document, group, manifest, page, verdict
from groundplan.reach.group import Rule
from groundplan.reach.manifest import Object
from groundplan.reach.verdict import Verdict
from groundplan.targets.terraform import foundation
from groundplan.targets.terraform.stack import Stack

SHOWN: Final = 20
"""Faults that are named; the JSON has all."""
READ: Final = re.compile(rf"^kind: ({'|'.join(manifest.KINDS)})$", re.MULTILINE)
"""Only what is judged is parsed: reading YAML takes longer than judging it."""


def add_parser(subparsers: Any) -> None:
    """Describe the command's words."""
    parser = subparsers.add_parser(
        "reach", help="show who can reach what, and why", description=__doc__
    )
    parser.add_argument("environment", metavar="ENV", help="dev, prod or one of your own")
    parser.add_argument("--from", dest="origin", metavar="NAME", help="only what NAME can reach")
    parser.add_argument("--to", dest="target", metavar="NAME", help="only who can reach NAME")
    parser.add_argument("--json", action="store_true", help="as JSON, with the policies")
    parser.add_argument("--file", default="platform.yaml", help="the platform file")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Show what is open; fail where it is not what the file means."""
    environment = arguments.environment
    if environment == render.LOCAL:
        message = f"{environment} runs on this machine, where no policies hold"
        raise UsageError(message, hint="name another environment of the file, such as dev")
    platform, files = render.load(arguments.file, environment)
    found = verdict.judge(platform, list(_objects(files)), _rules(platform, environment))
    for name in (arguments.origin, arguments.target):
        _refuse_unknown(name, found)
    if arguments.json:
        print(json.dump(document.document(found)), end="")
    else:
        for line in page.page(found, arguments.origin, arguments.target):
            print(line)
    return _judged(found, environment)


def _objects(files: Files) -> Iterator[Object]:
    for file in files:
        if file.path.startswith(render.OBJECTS) and READ.search(file.content):
            yield from yaml.load_all(file.content, Loader=yaml.CSafeLoader)


def _rules(platform: Platform, environment: str) -> set[Rule]:
    """Return the rules of security groups as Terraform is given them."""
    blocks = foundation.blocks(Stack(platform, environment))
    security = next(block for block in blocks if block.labels == ("security",))
    ways = (
        Way(each["from"], each["to"], each["port"], each["protocol"])
        for each in security.attributes["rules"].values()
    )
    return {rule for each in ways for rule in group.needs(each)}


def _refuse_unknown(name: str | None, found: Verdict) -> None:
    known = found.parties()
    if name is not None and name not in known:
        hint = suggest(name, sorted(known)) or f"there are {', '.join(sorted(known))}"
        raise UsageError(f"nobody is called {name}", hint=hint)


def _judged(found: Verdict, environment: str) -> int:
    faults = list(found.faults())
    if not faults:
        return 0
    more = [f"and {len(faults) - SHOWN} more"] if len(faults) > SHOWN else []
    lines = "\n  ".join((*islice(faults, SHOWN), *more))
    raise DriftError(
        f"{environment} does not open exactly what the file means:\n  {lines}",
        hint="arrows are `calls` of platform.yaml; look at patches of network policies",
    )
