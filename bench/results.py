"""Where figures are kept: raw under results/, the newest run's table in the reference page."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Final

from bench import peer
from bench.report import Memory
from bench.rounds import Plan, Sample
from bench.table import Row, Target

RESULTS: Final = peer.ROOT / "bench" / "results"
PAGE: Final = peer.ROOT / "docs" / "reference" / "benchmarks.md"


def document(
    facts: Mapping[str, object],
    plan: Plan,
    samples: Sequence[Sample],
    table: Sequence[Row],
    verdict: Sequence[Target],
    memory: Memory,
) -> dict[str, object]:
    """Return everything that is kept of a valid run."""
    return {
        **facts,
        "plan": asdict(plan),
        "targets": [asdict(target) for target in verdict],
        "medians": [asdict(row) for row in table],
        "memory_mib": memory,
        "samples": [asdict(sample) for sample in samples],
    }


def write(document: Mapping[str, object], against: str) -> Path:
    """Write raw figures and return the file, named by their date and the other side."""
    RESULTS.mkdir(exist_ok=True)
    moment = re.sub(r"[-:]", "", str(document["date"])[:16])
    file = RESULTS / f"{moment}-{against}.json"
    file.write_text(json.dumps(document, indent=1) + "\n")
    return file


def show(
    tables: str,
    facts: Mapping[str, object],
    source: Path,
    page: Path = PAGE,
    *,
    mark: str = "bench",
) -> None:
    """Replace the measured part of the reference page that stands between a mark's two lines."""
    machine = facts["machine"]
    assert isinstance(machine, Mapping)
    origin = (
        f"Measured {str(facts['date'])[:10]} at commit `{facts['commit']}` on "
        f"{machine['cores']} cores ({machine['processor']}), raw figures in "
        f"[`bench/results/{source.name}`](../../bench/results/{source.name}).\n"
    )
    text = page.read_text()
    measured = re.compile(rf"(<!-- {mark}:begin -->\n).*?(<!-- {mark}:end -->)", re.DOTALL)
    fresh = measured.sub(lambda found: f"{found[1]}\n{origin}\n{tables}\n{found[2]}", text)
    page.write_text(fresh)
