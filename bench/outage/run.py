"""`./run bench outage`: users' requests while telemetry is away, beside those while it is well."""

import argparse
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from bench import command, machine, ours
from bench.objectives.run import promised
from bench.outage import report, witness
from bench.outage.measure import Place, Plan, Scene, Turn, control, measure
from bench.outage.part import Standin, Store, standins
from bench.process import free_port
from bench.stack import BenchError, Stack
from bench.tracing import side
from bench.tracing.side import Told

FULL: Final = (6, 6.3)
QUICK: Final = (1, 3.0)
EVERY: Final = "100%"
"""Of requests are traced, which is the default on one machine and the worst case elsewhere."""
MACHINE: Final = "one machine"
CLUSTER: Final = "cluster"
COLLECTOR, JAEGER, ELASTICSEARCH = "collector", "jaeger", "elasticsearch"


def main(argv: Sequence[str]) -> int:
    """Measure and report; 0 when no request of a user's failed, else 3."""
    words = command.parser("./run bench outage", __doc__, "3 s once, not 6 s six times")
    return command.compared(argv, words, _measured)


def _measured(words: argparse.Namespace) -> int:
    rounds, seconds = QUICK if words.quick else FULL
    plan = Plan(rounds, seconds, round(promised().api.throughput * 60, 6))
    facts = machine.origin()
    with tempfile.TemporaryDirectory(prefix="groundplan-bench-") as data:
        turns = _turns(plan, Path(data), words.port_base or free_port())
    return _conclude(facts, plan, turns, words.dry)


def _turns(plan: Plan, data: Path, port_base: int) -> list[Turn]:
    command.say("starting the platform")
    with ours.started(data / "ours", port_base, EVERY) as (stack, ground):
        status = ours.status(data / "ours")
        found = measure(on_one_machine(stack, status), ground.token, plan, command.say)
        command.say("starting a side that is told of a cluster's parts")
        with _cluster(status, data) as place:
            return found + measure(place, ground.token, plan, command.say)


def on_one_machine(stack: Stack, status: Mapping[str, Any]) -> Place:
    """Return the platform itself, whose store is killed and frozen."""
    store = Store(status)
    return Place(
        name=MACHINE,
        url=stack.url,
        scenes=[
            control(),
            Scene("store killed", store.kill, store.mend, spans_fail=True),
            Scene("store frozen", store.freeze, store.mend, spans_fail=True),
        ],
        senders=witness.senders_of(status),
        shown=lambda since, until: witness.shown(status, store.url, since, until),
    )


def cluster_scenes(parts: Mapping[str, Standin]) -> list[Scene]:
    """Return the outages of what stands in a cluster; both that are asked go at once."""
    collector, asked = parts[COLLECTOR], [parts[JAEGER], parts[ELASTICSEARCH]]

    def mend() -> None:
        for each in asked:
            each.mend()

    return [
        control(),
        Scene("collector killed", collector.kill, collector.mend, spans_fail=True),
        Scene("collector frozen", collector.freeze, collector.mend, spans_fail=True),
        Scene("Jaeger and Elasticsearch killed", lambda: _each(asked, "kill"), mend),
        Scene("Jaeger and Elasticsearch frozen", lambda: _each(asked, "freeze"), mend),
    ]


def told_of(parts: Mapping[str, Standin]) -> Told:
    """Return what a side is told of a cluster's parts."""
    urls = {name: f"http://{side.HOST}:{each.port}" for name, each in parts.items()}
    asked = {"TRACES_URL": urls[JAEGER], "TRACES_KIND": JAEGER}
    asked |= {"LOGS_URL": urls[ELASTICSEARCH], "LOGS_KIND": ELASTICSEARCH}
    return Told(collector=parts[COLLECTOR].port, settings=asked)


def _each(asked: Sequence[Standin], how: str) -> None:
    for one in asked:
        getattr(one, how)()


@contextmanager
def _cluster(status: Mapping[str, Any], data: Path) -> Iterator[Place]:
    names = (COLLECTOR, JAEGER, ELASTICSEARCH)
    with (
        standins(data / "standins", names) as parts,
        side.started(CLUSTER, status, data / "side", told_of(parts)) as running,
    ):
        senders = witness.Senders(running.services, running.gateways)
        yield Place(CLUSTER, running.stack.url, cluster_scenes(parts), senders)


def _conclude(facts: Mapping[str, object], plan: Plan, turns: list[Turn], dry: bool) -> int:
    found = report.scenes(turns)
    what = (
        f"{plan.per_minute:g} requests a minute, all of them traced; every percentile is of at "
        f"least {min(each.requests for each in turns):,} requests.\n\n"
    )
    tables = what + report.markdown(found)
    print(tables)
    if failed := report.failures(found):
        raise BenchError("\n".join(["the promise is BROKEN, users' requests failed:", *failed]))
    if not dry:
        document = {
            **facts,
            "plan": asdict(plan),
            "targets": [asdict(each) for each in report.targets(found)],
            "scenes": [asdict(each) for each in found],
            "turns": [asdict(each) for each in turns],
        }
        command.keep(document, tables, "outage", "outage")
    return 0
