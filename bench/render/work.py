"""`python -m bench.render.work FILE ENVIRONMENT`: the processor time of rendering alone.

Prints two figures in seconds: reading and checking the file, and making all objects of the
kubernetes target as text. Starting Python and importing are not in them; the first round warms up.
"""

import json
import sys
import time

from groundplan import loader
from groundplan.cli import render
from groundplan.targets import TARGETS

KUBERNETES = "kubernetes"


def measured(file: str, environment: str) -> dict[str, float]:
    """Return the seconds that each part takes."""
    begun = time.process_time()
    platform = loader.load(file, environment)
    loaded = time.process_time()
    files = TARGETS[KUBERNETES](platform, render.place(platform, environment))
    assert files
    return {"load": loaded - begun, "render": time.process_time() - loaded}


if __name__ == "__main__":
    measured(sys.argv[1], sys.argv[2])
    print(json.dumps(measured(sys.argv[1], sys.argv[2])))
