"""Watches the API's objectives through Prometheus for a while; tells whether they burn.

`python burn.py ENV --prometheus URL [--file F] [--seconds N] [--every N]`. Reads the objectives
from the platform file and asks what the gateways count. They burn where, over a long and a short
window alike, errors use the budget up 14 times faster than it lasts, or 95 of 100 answers take
longer than promised: the long window passes over a blip, the short one over what has ended.
What counts is what counts for the objectives of the platform: no questions about health, and no
streams, which last as long as their readers like.

Exit codes: 0 they hold, 2 the words or the file, 3 Prometheus does not answer, 4 they burn,
5 nobody asked anything, so that nothing was judged.
"""

import argparse
import json
import math
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from groundplan import loader
from groundplan.errors import GroundplanError, ToolError
from groundplan.model import objective
from groundplan.model.objective import Slo
from groundplan.model.platform import Platform
from groundplan.model.service import Kind
from groundplan.targets.monitoring import metric
from groundplan.targets.monitoring.rules import indicator

FASTEST: Final = 14.4
"""At this pace a month's budget is used up in two days: what wakes people at night."""
WINDOWS: Final = {"5m": 300, "1m": 60}
"""In seconds, by how Prometheus writes them."""
TIMED: Final = f'envoy_virtual_host="all",envoy_virtual_cluster=~"{objective.counted_as(".+")}"'
"""All answers of services, but streams and answers to who sends alerts."""
HOLDS, BURNS, UNJUDGED = 0, 4, 5

Ask = Callable[[str], float | None]
"""Puts one PromQL question; the answer is None where there is nothing to answer from."""


@dataclass(frozen=True, slots=True)
class Objectives:
    """What the API promises: the share answered well, and seconds for 95 of 100."""

    counted: indicator.Indicator
    """What is an answer, and what a bad one."""
    availability: float
    latency: float | None


@dataclass(frozen=True, slots=True)
class Look:
    """What one window shows: how fast the budget goes, and the 95th percentile in seconds."""

    pace: float
    latency: float

    def burns(self, promised: Objectives) -> bool:
        """Return whether a promise is broken in this window."""
        slow = promised.latency is not None and self.latency > promised.latency
        return self.pace > FASTEST or slow


def objectives_of(platform: Platform) -> Objectives:
    """Return what a platform's API promises, and what of it the gateways count."""
    api = platform.objectives.api
    gateway = next(name for name, _ in platform.of_kind(Kind.GATEWAY))
    counted = indicator.of(platform, Slo(service=gateway, availability=api.availability))
    return Objectives(counted, api.availability, api.latency.p95)


def look(ask: Ask, promised: Objectives, window: str) -> Look | None:
    """Return what a window shows; None where it has not one request."""
    total = ask(promised.counted.requests(window)) or 0.0
    if total * WINDOWS[window] < 1:
        return None
    errors = ask(promised.counted.errors(window)) or 0.0
    times = f"sum by (le) (rate({metric.ANSWER_TIME}_bucket{{{TIMED}}}[{window}]))"
    milliseconds = ask(f"histogram_quantile(0.95, {times})") or 0.0
    return Look(errors / total / (1 - promised.availability), milliseconds / 1000)


def watch(ask: Ask, promised: Objectives, seconds: float, every: float) -> int:
    """Look until the time is over or the objectives burn; return the exit code."""
    judged, end = False, time.monotonic() + seconds
    while True:
        looks = [seen for window in WINDOWS if (seen := look(ask, promised, window))]
        if looks:
            judged = True
            found = looks[0]
            print(f"budget used {found.pace:.1f}x, p95 {found.latency:.3f} s", file=sys.stderr)
        if len(looks) == len(WINDOWS) and all(seen.burns(promised) for seen in looks):
            print("the objectives burn")
            return BURNS
        if time.monotonic() + every > end:
            print("the objectives hold" if judged else "nobody asked anything: nothing was judged")
            return HOLDS if judged else UNJUDGED
        time.sleep(every)


def asker(prometheus: str) -> Ask:
    """Return what puts questions to a Prometheus.

    Raises (when asked):
        ToolError: it does not answer, or refuses the question.
    """

    def ask(query: str) -> float | None:
        address = f"{prometheus}/api/v1/query?{urllib.parse.urlencode({'query': query})}"
        try:
            with urllib.request.urlopen(address, timeout=10) as reply:  # noqa: S310 - as told
                answer: Any = json.load(reply)
        except (urllib.error.URLError, TimeoutError, ValueError) as error:
            raise ToolError(f"Prometheus at {prometheus} does not answer: {error}") from error
        series = answer["data"]["result"]
        number = float(series[0]["value"][1]) if series else math.nan
        return None if math.isnan(number) else number

    return ask


def main(words: list[str]) -> int:
    """Read the words and watch."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("environment")
    parser.add_argument("--prometheus", required=True)
    parser.add_argument("--file", default="platform.yaml")
    parser.add_argument("--seconds", type=float, default=600.0)
    parser.add_argument("--every", type=float, default=15.0)
    told = parser.parse_args(words)
    try:
        promised = objectives_of(loader.load(told.file, told.environment))
        return watch(asker(told.prometheus), promised, told.seconds, told.every)
    except GroundplanError as error:
        print(error, file=sys.stderr)
        return error.exit_code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
