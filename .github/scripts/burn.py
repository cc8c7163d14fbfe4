"""Watches the API's objectives through Prometheus for a while; tells whether they burn.

`python burn.py ENV --prometheus URL [--file F] [--seconds N] [--every N]`. Reads the objectives
from the platform file and asks what the gateways count. They burn where, over a long and a short
window alike, errors use the budget up 14 times faster than it lasts, or 95 of 100 answers take
longer than promised: the long window passes over a blip, the short one over what has ended.

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

FASTEST: Final = 14.4
"""At this pace a month's budget is used up in two days: what wakes people at night."""
WINDOWS: Final = ("5m", "1m")
COUNTED: Final = 'envoy_http_conn_manager_prefix="gateway"'
HOLDS, BURNS, UNJUDGED = 0, 4, 5

Ask = Callable[[str], float | None]
"""Puts one PromQL question; the answer is None where there is nothing to answer from."""


@dataclass(frozen=True, slots=True)
class Objectives:
    """What the API promises: the share answered well, and seconds for 95 of 100."""

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


def look(ask: Ask, promised: Objectives, window: str) -> Look | None:
    """Return what a window shows; None where it has no requests."""
    total = ask(f"sum(rate(envoy_http_downstream_rq_xx{{{COUNTED}}}[{window}]))")
    if not total:
        return None
    failed = f'{COUNTED},envoy_response_code_class="5"'
    errors = ask(f"sum(rate(envoy_http_downstream_rq_xx{{{failed}}}[{window}]))") or 0.0
    times = f"sum by (le) (rate(envoy_http_downstream_rq_time_bucket{{{COUNTED}}}[{window}]))"
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
        api = loader.load(told.file, told.environment).objectives.api
        promised = Objectives(api.availability, api.latency.p95)
        return watch(asker(told.prometheus), promised, told.seconds, told.every)
    except GroundplanError as error:
        print(error, file=sys.stderr)
        return error.exit_code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
