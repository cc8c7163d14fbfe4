"""`./run up`: everything up and healthy, with a live table; the URL last."""

import argparse
import signal
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from groundplan import loader
from groundplan.cli import place
from groundplan.errors import GroundplanError, NotReadyError, UsageError
from groundplan.model.platform import TELEMETRY
from groundplan.runner import start, table, transport
from groundplan.runner.client import Client
from groundplan.runner.order import Order
from groundplan.runner.startup import trace, tracer
from groundplan.runner.startup.trace import Trace
from groundplan.tools import prometheus

PORT_BASE = 8080
WATCH = 0.5
"""Seconds between looks at a run that is up."""
ON_ITS_WAY = 0.3
"""Seconds in which the store, being ready, has usually taken the trace of the start."""


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
    _trace()
    if arguments.prometheus:
        prometheus.find()
    with trace.step("check"):
        order = _order(arguments)
    fresh = _start(order)
    if not fresh:
        print("already running here; ./run down and up again to apply changes", file=sys.stderr)
    client = Client(order.folders)
    if arguments.tls and not transport.is_encrypted(order.folders):
        raise transport.refusal(order.folders.data)
    is_news = fresh or client.startup().get("ended") is False
    if arguments.detach:
        return _wait(client, is_news=is_news)
    return _attend(client, is_news=is_news)


def _trace() -> None:
    """Begin the trace of the start with what has passed already: loading the program."""
    began = Trace("up", start=trace.program_start())
    began.end(began.begin("load", start=began.root.start))
    trace.enter(began)


def _start(order: Order) -> bool:
    try:
        return start.start(order)
    except (GroundplanError, OSError) as error:
        tracer.abandon(Path(order.folders.traces), order.environment, error)
        raise


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


def _wait(client: Client, *, is_news: bool) -> int:
    """Show what happens until all is ready; what a start that is over took is no news."""
    with table.display() as shown:
        status = client.wait(shown.show)
    report(status, _startup(client, status) if is_news else {})
    return 0


def _startup(client: Client, status: dict[str, Any]) -> dict[str, Any]:
    """Return how the start went; where its trace is about to arrive, a moment later."""
    until = time.monotonic() + ON_ITS_WAY
    told = client.startup()
    while _is_on_its_way(status, told) and time.monotonic() < until:
        time.sleep(0.02)
        told = client.startup()
    return told


def _is_on_its_way(status: dict[str, Any], told: dict[str, Any]) -> bool:
    takes = [each["state"] for each in status["components"] if each["name"] == TELEMETRY]
    return status["state"] == "ready" and takes == ["ready"] and told.get("sent") is False


def report(status: dict[str, Any], startup: Mapping[str, Any]) -> None:
    """Print where the platform is, or what is not ready and why.

    Args:
        status: of the run.
        startup: how the start went, as far as that is known.

    Raises:
        NotReadyError: something is not ready.
    """
    for line in table.trouble(status["components"]):
        print(line, file=sys.stderr)
    if status["state"] != "ready":
        unready = [each for each in status["components"] if each["state"] != "ready"]
        names = ", ".join(f"{each['name']}-{each['replica']}" for each in unready)
        raise NotReadyError(
            f"not everything is ready: {names}{_slowest(startup)}", hint=_way_out(startup)
        )
    if startup.get("sent"):
        url = f"{status['url'].rstrip('/')}/traces/{startup['trace_id']}"
        print(f"ready in {startup['seconds']:.1f} s{_slowest(startup)}", file=sys.stderr)
        print(f"what waited for what: {url}", file=sys.stderr)
    print(f"sign in with {status['credentials_file']}", file=sys.stderr)
    print(status["url"], flush=True)


def _slowest(startup: Mapping[str, Any]) -> str:
    """Return what took longest, as the end of a sentence."""
    found = ", ".join(f"{name} {spent:.1f} s" for name, spent in startup.get("slowest", ()))
    return f"; slowest: {found}" if found else ""


def _way_out(startup: Mapping[str, Any]) -> str:
    hint = "./run logs NAME shows what each said"
    return f"{hint}, ./run export packs it all for a report" if startup else hint


def _attend(client: Client, *, is_news: bool) -> int:
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    code = 0
    try:
        try:
            _wait(client, is_news=is_news)
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
