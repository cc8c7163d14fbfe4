"""The evaluator says what a real Prometheus says, of the same samples."""

import ctypes
import math
import random
import shutil
import signal
import socket
import subprocess
import time
from array import array
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import httpx
import pytest

from groundplan_telemetry.metrics import labels, query
from groundplan_telemetry.metrics.labels import Matcher
from groundplan_telemetry.metrics.promql import table
from groundplan_telemetry.metrics.promql.failure import QueryError
from groundplan_telemetry.metrics.promql.table import Table
from groundplan_telemetry.metrics.promql.values import Samples

START = 1_700_000_000_500
"""Half a second beside whole ones: on the very edge of a window the versions differ."""
STEP = 15_000
COUNT = 240
MISSING = "needs prometheus and promtool on PATH: apt-get install prometheus"

QUERIES = """
reqs_total
reqs_total{code="500"}
reqs_total{code=~"5..|4.."}
reqs_total{code!~"5.*", method!="GET"}
reqs_total{missing=""}
{__name__=~"reqs.*|gone"}
round(vector(1e308), 1e-308)
round(vector(-Inf), 2)
label_replace(up, "a", "$1-$2", "job", "(.*)p(.*)")
reqs_total offset 5m
reqs_total offset -5m
reqs_total @ 1700001800.5
temperature @ start() + temperature @ end()
rate(reqs_total[1m])
rate(reqs_total[5m])
rate(reqs_total[5m] offset 10m)
rate(reqs_total[5m] @ 1700001800)
increase(reqs_total[10m])
irate(reqs_total[5m])
idelta(temperature[5m])
delta(temperature[10m])
deriv(temperature[10m])
predict_linear(temperature[10m], 600)
resets(reqs_total[30m])
changes(steady[10m])
changes(temperature[10m])
sum(rate(reqs_total[5m]))
sum by (code) (rate(reqs_total[5m]))
sum without (code, instance) (rate(reqs_total[5m]))
avg by (job) (temperature)
min(temperature)
max(temperature)
count by (code) (reqs_total)
group by (code) (reqs_total)
stddev(temperature)
stdvar by (room) (temperature)
quantile(0.9, temperature)
quantile by (job) (0.5, temperature)
topk(2, temperature)
bottomk(1, temperature)
topk by (job) (1, rate(reqs_total[5m]))
count_values("v", steady)
histogram_quantile(0.5, rate(wait_bucket[5m]))
histogram_quantile(0.95, sum by (le) (rate(wait_bucket[5m])))
histogram_quantile(0.99, sum by (le, job) (rate(wait_bucket[5m])))
histogram_quantile(1.5, rate(wait_bucket[5m]))
histogram_quantile(0.9, wait_bucket{le!="+Inf"})
sum_over_time(temperature[5m])
avg_over_time(temperature[5m])
min_over_time(temperature[5m])
max_over_time(temperature[5m])
count_over_time(temperature[5m])
last_over_time(temperature[5m])
present_over_time(gone[5m])
stddev_over_time(temperature[5m])
stdvar_over_time(temperature[5m])
quantile_over_time(0.9, temperature[5m])
max_over_time(rate(reqs_total[1m])[10m:1m])
avg_over_time((temperature * 2)[10m:30s])
sum_over_time(vector(1)[10m:1m])
min_over_time(temperature[10m:1m] offset 5m)
absent(nothing)
absent(nothing{a="b", c=~"d"})
absent(reqs_total)
absent_over_time(nothing{a="b"}[5m])
absent_over_time(gone[5m])
gone
sum(gone)
temperature + 1
1 - temperature
temperature % 7
2 ^ temperature
-2 ^ 2
temperature / 0
-temperature
temperature > 20
temperature > bool 20
20 < temperature
20 <= bool temperature
temperature == temperature
1 + 2 * 3
1 > bool 2
time() - 5
vector(3)
scalar(sum(temperature))
scalar(temperature)
temperature - on (job) group_left sum by (job) (temperature)
temperature * on (room) group_left (floor) place
temperature * on (room) group_left () place
place * on (room) group_right (floor) temperature
reqs_total{code="500"} / ignoring (code) group_left sum without (code) (reqs_total)
sum by (job) (rate(reqs_total{code=~"5.."}[5m])) / sum by (job) (rate(reqs_total[5m]))
sum(rate(reqs_total{code="500"}[5m])) / sum(rate(reqs_total[5m])) > 0.01
temperature and on (room) place
temperature and on (room) (place > 1)
temperature unless on (room) place{room="a"}
temperature or place
(temperature > 21) or (temperature < 19)
temperature or on (room) place
reqs_total{code="200"} + ignoring (code) reqs_total{code="500"}
reqs_total + reqs_total
reqs_total == on (job, instance, code, method) reqs_total
abs(-temperature)
ceil(temperature)
floor(temperature)
round(temperature)
round(temperature, 0.5)
sqrt(temperature)
exp(odd)
ln(odd)
log2(odd)
log10(odd)
sgn(odd)
odd
odd * 2
sum(odd)
max(odd)
avg(odd)
max_over_time(odd[5m])
clamp(temperature, 19, 21)
clamp_min(temperature, 20)
clamp_max(temperature, 20)
clamp(temperature, 21, 19)
timestamp(temperature)
timestamp(temperature + 1)
minute()
hour(temperature)
day_of_week(vector(1700000000))
days_in_month(vector(1707000000))
year()
month()
label_replace(temperature, "floor", "f-$1", "room", "(.*)")
label_replace(temperature, "room", "", "room", "a")
label_replace(temperature, "x", "y", "room", "nomatch")
label_join(temperature, "both", "-", "job", "room")
sort(temperature)
sort_desc(temperature)
sum by (job) (reqs_total) > bool on (job) sum by (job) (temperature)
1 - (sum(rate(wait_bucket{le="0.1"}[5m])) / sum(rate(wait_bucket{le="+Inf"}[5m])))
1 atan2 2
sum(rate(wait_sum[5m])) / sum(rate(wait_count[5m]))
temperature[1m]
rate(reqs_total[1m])[5m:1m]
"text"
""".strip().splitlines()

REFUSED = """
sum(
rate(reqs_total)
foo(1)
temperature * on (room) place{room="a"} * on (job) temperature
temperature + on (job) temperature
place + on () temperature
temperature[5m] + 1
1 > 2
label_replace(temperature, "room", "same", "room", ".*")
""".strip().splitlines()


class Kept:
    """Samples in memory."""

    def __init__(self, series: Sequence[Samples]) -> None:
        self._series = series

    def select(self, matchers: Sequence[Matcher], start: int, end: int) -> list[Samples]:
        """Return what fits."""
        found = []
        for each in self._series:
            if all(one.accepts(labels.value(each.labels, one.name)) for one in matchers):
                kept = [at for at, time in enumerate(each.times) if start <= time <= end]
                times = array("q", [each.times[at] for at in kept])
                found.append(
                    Samples(each.labels, times, array("d", [each.values[at] for at in kept]))
                )
        return [each for each in found if each.times]

    def tables(self, matchers: Sequence[Matcher], start: int, end: int) -> list[Table]:
        """Return the same in tables."""
        return table.of(self.select(matchers, start, end))


def _series(name: str, values: Callable[[int], float | None], **given: str) -> Samples:
    times, found = array("q"), array("d")
    for at in range(COUNT):
        value = values(at)
        if value is not None:
            times.append(START + at * STEP)
            found.append(value)
    return Samples(labels.of({**given, "__name__": name}), times, found)


def _counter(chance: random.Random, most: float, reset: int) -> Callable[[int], float]:
    # Begins far from nothing: how far a counter may reach back to it, the versions see otherwise.
    total = 10_000.0

    def value(at: int) -> float:
        nonlocal total
        total = 0.0 if at == reset else total + chance.randrange(int(most))
        return total

    return value


def _made() -> list[Samples]:
    chance = random.Random(1)
    found = [
        _series(
            "reqs_total",
            _counter(chance, 40, chance.randrange(2 * COUNT)),
            job=job,
            instance=instance,
            code=code,
            method=method,
        )
        for job in ("api", "web")
        for instance in ("1", "2")
        for code, method in (("200", "GET"), ("404", "POST"), ("500", "GET"))
    ]
    for room, job in (("a", "api"), ("b", "api"), ("c", "web")):
        found.append(
            _series(
                "temperature",
                lambda at: None if 50 < at < 90 else 20 + chance.gauss(0, 3),
                job=job,
                room=room,
            )
        )
    found += [
        _series("place", lambda at, n=n: n, room=r, floor=r * 2) for n, r in ((1, "a"), (2, "b"))
    ]
    found.append(_series("steady", lambda at: float(at // 60)))
    found.append(_series("gone", lambda at: 1.0 if at < 100 else None, job="api"))
    odd = (0.0, -1.0, math.inf, math.nan, -math.inf, 1e-9, 2.5)
    found += [_series("odd", lambda at, n=n: odd[(at + n) % 7], n=str(n)) for n in (0, 3)]
    for job in ("api", "web"):
        buckets = [_counter(chance, 9, 500) for _ in range(4)]
        rows = [[bucket(at) for bucket in buckets] for at in range(COUNT)]
        for place, bound in enumerate(("0.1", "0.5", "2.5", "+Inf")):
            found.append(
                _series(
                    "wait_bucket",
                    lambda at, p=place, r=rows: sum(r[at][: p + 1]),
                    le=bound,
                    job=job,
                )
            )
        found.append(_series("wait_count", lambda at, r=rows: sum(r[at]), job=job))
        found.append(_series("wait_sum", lambda at, r=rows: sum(r[at]) * 0.3, job=job))
    return found


def _die_with_me() -> None:
    ctypes.CDLL(None).prctl(1, signal.SIGKILL)


def _written(series: Sequence[Samples]) -> str:
    lines = []
    for each in sorted(series, key=lambda each: each.labels):
        shown = labels.text(each.labels).replace(", ", ",")
        for time_, value in zip(each.times, each.values, strict=True):
            text = str(value).replace("inf", "Inf").replace("nan", "NaN").replace("-Inf", "-Inf")
            lines.append(f"{shown} {text if text != 'Inf' else '+Inf'} {time_ / 1000:.3f}")
    return "\n".join([*lines, "# EOF"]) + "\n"


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


@pytest.fixture(scope="module")
def series() -> list[Samples]:
    return _made()


@pytest.fixture(scope="module")
def prometheus(
    series: list[Samples], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[httpx.Client]:
    if not (shutil.which("prometheus") and shutil.which("promtool")):
        pytest.skip(MISSING)
    folder: Path = tmp_path_factory.mktemp("prometheus")
    (folder / "samples").write_text(_written(series))
    words = ["promtool", "tsdb", "create-blocks-from", "openmetrics", "samples", "data"]
    subprocess.run(words, cwd=folder, check=True, capture_output=True)
    (folder / "prometheus.yml").write_text("{}\n")
    port = _free_port()
    running = subprocess.Popen(
        ["prometheus", "--config.file=prometheus.yml", "--storage.tsdb.path=data",
         "--storage.tsdb.retention.time=100y", f"--web.listen-address=127.0.0.1:{port}"],
        cwd=folder, stdout=subprocess.DEVNULL, stderr=(folder / "log").open("w"),
        preexec_fn=_die_with_me,
    )  # fmt: skip
    with httpx.Client(base_url=f"http://127.0.0.1:{port}/api/v1/") as client:
        _wait(client)
        yield client
    running.kill()
    running.wait()


def _wait(client: httpx.Client) -> None:
    for _ in range(200):
        try:
            if client.get("query", params={"query": "1"}).is_success:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.05)
    pytest.fail("prometheus does not answer")


def _points(data: dict[str, Any]) -> dict[Any, Any]:
    if data["resultType"] in ("scalar", "string"):
        return {data["resultType"]: [data["result"]]}
    return {
        tuple(sorted(each["metric"].items())): each.get("values") or [each["value"]]
        for each in data["result"]
    }


def _differences(theirs: dict[str, Any], ours: dict[str, Any]) -> list[str]:
    if theirs["resultType"] != ours["resultType"]:
        return [f"{theirs['resultType']} and {ours['resultType']}"]
    left, right = _points(theirs), _points(ours)
    found = [f"only one has {each}" for each in set(left) ^ set(right)]
    for key in set(left) & set(right):
        if [time for time, _ in left[key]] != [time for time, _ in right[key]]:
            found.append(f"{key}: other moments")
            continue
        for (at, a), (_, b) in zip(left[key], right[key], strict=True):
            if a != b and not _near(a, b):
                found.append(f"{key} at {at}: {a} and {b}")
    return found


def _near(a: str, b: str) -> bool:
    try:
        x, y = float(a), float(b)
    except ValueError:
        return False
    return (x != x and y != y) or math.isclose(x, y, rel_tol=1e-9, abs_tol=1e-9)


@pytest.mark.parametrize("asked", QUERIES)
def test_a_moment_is_as_in_prometheus(
    asked: str, series: list[Samples], prometheus: httpx.Client
) -> None:
    """At a moment a query says what Prometheus says: types, labels, times and numbers."""
    for moment in (START + 20 * STEP + 3000, START + 70 * STEP + 1000, START + 200 * STEP + 7000):
        answer = prometheus.get("query", params={"query": asked, "time": moment / 1000}).json()
        found = query.at(Kept(series), asked, moment)
        assert [] == _differences(answer["data"], found), moment


@pytest.mark.parametrize("asked", [q for q in QUERIES if q[0] != '"' and not q.endswith("]")])
def test_a_time_is_as_in_prometheus(
    asked: str, series: list[Samples], prometheus: httpx.Client
) -> None:
    """Over a time a query says at each step what Prometheus says."""
    start, end = START + 10 * STEP + 3100, START + 230 * STEP
    given = {"query": asked, "start": start / 1000, "end": end / 1000, "step": 47}
    answer = prometheus.get("query_range", params=given).json()
    assert "success" == answer["status"], answer
    found = query.over(Kept(series), asked, start, end, 47_000)
    assert [] == _differences(answer["data"], found)


@pytest.mark.parametrize("asked", REFUSED)
def test_what_prometheus_refuses_is_refused(
    asked: str, series: list[Samples], prometheus: httpx.Client
) -> None:
    """A query that Prometheus refuses is refused with the same status and kind."""
    moment = START + 20 * STEP + 3000
    answer = prometheus.get("query", params={"query": asked, "time": moment / 1000})
    with pytest.raises(QueryError) as refused:
        query.at(Kept(series), asked, moment)
    expected = (answer.status_code, answer.json()["errorType"])
    assert expected == (refused.value.status, refused.value.kind)


def test_order_is_as_in_prometheus(series: list[Samples], prometheus: httpx.Client) -> None:
    """`sort`, `sort_desc`, `topk` and `bottomk` at a moment come in Prometheus' order."""
    moment = START + 20 * STEP + 3000
    for asked in ("sort(temperature)", "sort_desc(temperature)", "topk(3, temperature)"):
        answer = prometheus.get("query", params={"query": asked, "time": moment / 1000}).json()
        found = query.at(Kept(series), asked, moment)
        expected = [each["metric"] for each in answer["data"]["result"]]
        assert expected == [each["metric"] for each in found["result"]]


def test_a_difference_is_found() -> None:
    """The comparison sees another value, another series and another moment."""
    one = {"metric": {"a": "b"}, "value": [1, "2"]}
    for other in (
        {"metric": {"a": "b"}, "value": [1, "2.1"]},
        {"metric": {"a": "c"}, "value": [1, "2"]},
        {"metric": {"a": "b"}, "value": [2, "2"]},
    ):
        left = {"resultType": "vector", "result": [one]}
        assert _differences(left, {"resultType": "vector", "result": [other]})
