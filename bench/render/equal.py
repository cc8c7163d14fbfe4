"""The same services for both sides: a platform file for ours, values for the chart.

The values are read back from what ours rendered, so that both sides make the same objects from
the same facts; `require_equal` proves that they do.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

import yaml

from bench.stack import BenchError

PLATFORM: Final = "shop"
ENVIRONMENT: Final = "dev"
Object = Mapping[str, Any]
_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_TEXT: Final = """\
apiVersion: groundplan/v1
extends: reference
name: {platform}
services:
"""
_SERVICE: Final = """\
  {name}:
    kind: service
    run: {{directory: ., asgi: "app:app"}}
    replicas: {{min: 2, max: 10}}
    routes: [/api/{name}]
"""


def names(count: int) -> list[str]:
    """Return the names of so many services."""
    return [f"service-{number:03}" for number in range(count)]


def platform_file(count: int) -> str:
    """Return a platform file with so many services beside the reference's own."""
    services = (_SERVICE.format(name=name) for name in names(count))
    return _TEXT.format(platform=PLATFORM) + "".join(services)


def read(folder: Path) -> list[Object]:
    """Return the objects of all YAML files below a folder, but for lists of files."""
    files = sorted(path for path in folder.rglob("*.yaml") if path.name != "kustomization.yaml")
    documents = (each for path in files for each in yaml.load_all(path.read_text(), _LOADER))
    return [each for each in documents if each]


def values(objects: Iterable[Object], services: Iterable[str]) -> str:
    """Return the chart's values for services, from the objects that ours rendered for them."""
    named: dict[str, dict[str, Object]] = {name: {} for name in services}
    callers: dict[str, list[dict[str, str]]] = {name: [] for name in named}
    for found in objects:
        component = found["metadata"]["labels"]["app.kubernetes.io/name"]
        if component in named:
            named[component][found["kind"]] = found
            if found["kind"] == "NetworkPolicy" and "ingress" in found["spec"]:
                callers[component].append(_caller(found))
    told = {name: {**_facts(of), "callers": callers[name]} for name, of in named.items()}
    return yaml.safe_dump({"environment": ENVIRONMENT, "services": told})


def require_equal(ours: Iterable[Object], theirs: Iterable[Object]) -> int:
    """Return how many objects both sides made, the same ones.

    Raises:
        BenchError: an object that only one side made, or that is not the same.
    """
    here, there = _keyed(ours), _keyed(theirs)
    for key in sorted(here.keys() | there.keys()):
        if here.get(key) != there.get(key):
            raise BenchError(f"the sides do not render {' '.join(key)} alike")
    return len(here)


def _keyed(objects: Iterable[Object]) -> dict[tuple[str, str], Object]:
    return {(each["kind"], each["metadata"]["name"]): each for each in objects}


def _facts(of: Mapping[str, Object]) -> dict[str, Any]:
    pod = of["Deployment"]["spec"]["template"]["spec"]
    container, scaler = pod["containers"][0], of["HorizontalPodAutoscaler"]["spec"]
    waits = container["lifecycle"]["preStop"]["exec"]["command"][-1]
    return {
        "image": container["image"],
        "command": container["command"],
        "env": [each for each in container["env"] if "value" in each],
        "resources": container["resources"],
        "replicas": {"min": scaler["minReplicas"], "max": scaler["maxReplicas"]},
        "grace": pod["terminationGracePeriodSeconds"],
        "waits": int(waits.partition("sleep(")[2].rstrip(")")),
        "probes": {
            name: _patience(container[f"{name}Probe"])
            for name in ("startup", "readiness", "liveness")
        },
    }


def _patience(probe: Object) -> dict[str, int]:
    return {"failures": probe["failureThreshold"], "period": probe["periodSeconds"]}


def _caller(policy: Object) -> dict[str, str]:
    peer = policy["spec"]["ingress"][0]["from"][0]
    found = {
        "name": peer["podSelector"]["matchLabels"]["app.kubernetes.io/name"],
        "reason": policy["metadata"]["annotations"]["groundplan.dev/reason"],
    }
    elsewhere = peer.get("namespaceSelector")
    if elsewhere:
        found["namespace"] = elsewhere["matchLabels"]["kubernetes.io/metadata.name"]
    return found
