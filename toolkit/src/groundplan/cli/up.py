"""`./run up`: everything up and healthy, with a live table; the URL last."""

import argparse
import signal
import sys
import time
from typing import Any

from groundplan import loader
from groundplan.cli import place
from groundplan.errors import NotReadyError, UsageError
from groundplan.runner import start, table, transport
from groundplan.runner.client import Client
from groundplan.runner.order import Order
from groundplan.tools import prometheus

PORT_BASE = 8080
WATCH = 0.5
"""Seconds between looks at a run that is up."""


def add_parser(subparsers: Any) -> None:
    """Describe the command's words."""
    parser = subparsers.add_parser("up", help="run the whole platform", description=__doc__)
    place.add_arguments(parser)
    parser.add_argument("--detach", action="store_true", help="return when all is ready")
    parser.add_argument(
        "--port-base", type=int, default=PORT_BASE, metavar="N", help="first port to try"
    )
    parser.add_argument(
        "--tls", action="store_true", help="encrypt every connection, with certificates made here"
    )
    parser.add_argument(
        "--prometheus", action="store_true", help="run the Prometheus of PATH beside the platform"
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Bring the platform up, or join one that is up."""
    if not 1024 <= arguments.port_base <= 65000:
        raise UsageError("--port-base must be from 1024 to 65000")
    if arguments.prometheus:
        prometheus.find()
    order = _order(arguments)
    fresh = start.start(order)
    if not fresh:
        print("already running here; ./run down and up again to apply changes", file=sys.stderr)
    client = Client(order.folders)
    if arguments.tls and not transport.is_encrypted(order.folders):
        raise transport.refusal(order.folders.data)
    if arguments.detach:
        return _wait(client)
    return _attend(client)


def _order(arguments: argparse.Namespace) -> Order:
    environments = loader.environments(arguments.file, arguments.environment)
    return Order(
        platform=environments[arguments.environment],
        environments=environments,
        environment=arguments.environment,
        folders=place.find(arguments),
        port_base=arguments.port_base,
        encrypted=arguments.tls,
        prometheus=arguments.prometheus,
    )


def _wait(client: Client) -> int:
    with table.display() as shown:
        status = client.wait(shown.show)
    report(status)
    return 0


def report(status: dict[str, Any]) -> None:
    """Print where the platform is, or what is not ready and why.

    Raises:
        NotReadyError: something is not ready.
    """
    for line in table.trouble(status["components"]):
        print(line, file=sys.stderr)
    if status["state"] != "ready":
        unready = [each for each in status["components"] if each["state"] != "ready"]
        names = ", ".join(f"{each['name']}-{each['replica']}" for each in unready)
        raise NotReadyError(
            f"not everything is ready: {names}", hint="./run logs NAME shows what each said"
        )
    print(f"sign in with {status['credentials_file']}", file=sys.stderr)
    print(status["url"], flush=True)


def _attend(client: Client) -> int:
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    code = 0
    try:
        try:
            _wait(client)
        except NotReadyError as error:
            print(error, file=sys.stderr)
            code = error.exit_code
        print("Ctrl-C stops everything", file=sys.stderr)
        _watch(client)
    except KeyboardInterrupt:
        print("stopping", file=sys.stderr)
        client.down(lambda text: print(text, file=sys.stderr))
    return code


def _watch(client: Client) -> None:
    """Tell what changes until the run ends."""
    shown = table.Lines(client.status()["components"])
    while answer := client.supervised():
        shown.show(answer["status"])
        time.sleep(WATCH)
