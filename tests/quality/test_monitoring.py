"""What watches the platform: nothing that it names is missing, and exceptions have reasons."""

import subprocess
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from groundplan.admission import availability, capacity, pod_security, reference, service
from groundplan.admission.finding import namespace

RENDERS = ("dev", "prod", "own service", "release", "own release", "plain")
AGENTS = "node-agents"
REASON = "groundplan.dev/reason"
NAME = "app.kubernetes.io/name"
MADE = {
    "Secret elasticsearch-es-elastic-user",
    "Secret elasticsearch-es-http-certs-public",
    "Secret kibana-kb-http-certs-public",
}
"""What the operator of Elastic makes."""
Object = dict[str, Any]
Render = Any


def all_of(render: Render) -> list[Object]:
    """Return the platform's objects and those around it."""
    return [*render.delivered, *render.watching.values()]


def said(objects: Iterable[Object]) -> list[str]:
    """Return what is named and not there; pods that operators make are not here to be selected."""
    found = [str(each) for each in reference.findings(list(objects), MADE)]
    return [each for each in found if "must be rendered with it" in each]


@pytest.mark.parametrize("name", RENDERS)
def test_everything_that_is_named_is_there(name: str, renders: Mapping[str, Render]) -> None:
    """Secrets, files, accounts and issuers, across both targets."""
    assert [] == said(all_of(renders[name]))


def test_a_secret_that_nobody_makes_is_found(release: Render) -> None:
    """Negative control: Jaeger's user is gone."""
    objects = [
        each for each in all_of(release) if each["metadata"]["name"] != "elasticsearch-jaeger"
    ]
    assert any("Secret elasticsearch-jaeger" in each for each in said(objects))


@pytest.mark.parametrize("name", RENDERS)
def test_only_named_exceptions_leave_the_restricted_standard(
    name: str, renders: Mapping[str, Render]
) -> None:
    """All are in one namespace, and namespace and workload say why."""
    objects = list(renders[name].watching.values())
    rest = [each for each in objects if namespace(each) != AGENTS]
    found = [str(each) for each in pod_security.findings(rest)]
    assert [each for each in found if f"Namespace {AGENTS}" in each] == found
    for each in objects:
        is_exception = each["kind"] == "DaemonSet" or each["metadata"]["name"] == AGENTS
        if is_exception and each["kind"] in ("DaemonSet", "Namespace"):
            assert each["metadata"]["annotations"][REASON]


def test_a_container_that_may_do_more_is_found(release: Render) -> None:
    """Negative control: a gateway of the collectors that may become root."""
    found = yaml.safe_load(yaml.safe_dump(release.watching["collector/deployment-gateway.yaml"]))
    found["spec"]["template"]["spec"]["containers"][0]["securityContext"]["runAsNonRoot"] = False
    assert pod_security.findings([found])


@pytest.mark.parametrize("name", ["release", "plain"])
def test_every_folder_is_a_kustomization(
    name: str, renders: Mapping[str, Render], tmp_path: Path
) -> None:
    """kubectl builds each, and leaves nothing out."""
    render = renders[name]
    for file in render.signals:
        path = tmp_path / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(file.content)
    program = Path(sys.executable).with_name("kubectl")
    folders = {path.partition("/")[0] for path in render.watching}
    assert len(folders) > 7
    for folder in sorted(folders):
        words = [program, "kustomize", tmp_path / folder]
        done = subprocess.run(words, capture_output=True, text=True, check=False)
        assert 0 == done.returncode, done.stderr
        built = [each for each in yaml.safe_load_all(done.stdout) if each]
        below = [path for path in render.watching if path.startswith(f"{folder}/")]
        assert len(below) == len(built), folder


ELASTIC = "common.k8s.elastic.co/type"
BEHIND = {
    "elasticsearch-es-http": ({ELASTIC: "elasticsearch"}, 9200),
    "kibana-kb-http": ({ELASTIC: "kibana"}, 5601),
    "logstash-ls-input": ({ELASTIC: "logstash"}, 5044),
    "observability-alertmanager": ({NAME: "alertmanager", "alertmanager": "observability"}, 9093),
    "observability-prometheus": ({NAME: "prometheus", "prometheus": "observability"}, 9090),
}
"""Services that operators make, each with its selector, as their sources have it."""


def around(render: Render) -> list[Object]:
    """Return all objects, and with them the services and pods that operators make."""
    made = all_of(render)
    for name, (selector, port) in BEHIND.items():
        where = {"name": name, "namespace": "monitoring"}
        ports = [{"port": port, "targetPort": port}]
        ours = {NAME: name.partition("-")[0]} if ELASTIC in selector else {}
        head = {"apiVersion": "v1", "metadata": where}
        made.append({**head, "kind": "Service", "spec": {"selector": selector, "ports": ports}})
        labelled = {**where, "labels": {**selector, **ours}}
        made.append({**head, "kind": "Pod", "metadata": labelled, "spec": {"containers": []}})
    return made


@pytest.mark.parametrize("name", RENDERS)
def test_who_may_reach_pods_may_reach_them_by_their_service(
    name: str, renders: Mapping[str, Render]
) -> None:
    """Policies are judged before a service's address is translated."""
    assert [] == [str(each) for each in service.findings(around(renders[name]))]


def test_a_policy_by_a_label_that_a_service_does_not_select_is_found(release: Render) -> None:
    """Negative control: Elasticsearch known by our label, which its pods bear and no service."""
    text = yaml.safe_dump(around(release), sort_keys=False)
    peer = f"podSelector:\n          matchLabels:\n            {ELASTIC}: elasticsearch"
    assert peer in text
    spoiled = yaml.safe_load(text.replace(peer, peer.replace(ELASTIC, NAME)))
    found = [str(each) for each in service.findings(spoiled)]
    assert any("Service monitoring/elasticsearch-es-http" in each for each in found)


def asked(render: Render) -> list[capacity.Demand]:
    """Return what platform, charts and what watches ask of the nodes."""
    charts = {
        file.path: yaml.safe_load(file.content)
        for file in render.signals
        if file.path.startswith("charts/")
    }
    wanted = [each for name, held in charts.items() for each in capacity.of_values(name, held)]
    return [*capacity.of_objects(all_of(render)), *wanted]


@pytest.mark.parametrize("name", RENDERS)
def test_the_nodes_hold_what_runs_and_what_watches(
    name: str, renders: Mapping[str, Render]
) -> None:
    """Each pod on a node that lasts, and all of them at the most nodes."""
    room = capacity.nodes(renders[name].platform)
    assert [] == [str(each) for each in capacity.findings(asked(renders[name]), room)]


def test_a_pod_that_no_node_holds_is_found(renders: Mapping[str, Render]) -> None:
    """Negative control: the production's Elasticsearch in the development's cluster."""
    room = capacity.nodes(renders["dev"].platform)
    found = [each.object for each in capacity.findings(asked(renders["release"]), room)]
    assert "Elasticsearch monitoring/elasticsearch" in found


def test_budgets_leave_room(release: Render) -> None:
    """A node can be emptied whatever runs on it."""
    assert [] == [str(each) for each in availability.findings(list(release.watching.values()))]
