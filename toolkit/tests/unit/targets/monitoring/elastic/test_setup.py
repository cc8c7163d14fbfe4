"""The job that sets Elasticsearch and Kibana up."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from groundplan.admission import pod_security
from groundplan.model.platform import Platform
from groundplan.targets.monitoring.elastic import setup

Found = dict[str, dict[str, Any]]


@pytest.fixture
def found(reference: Platform, clustered: Callable[..., Any], valid: Callable[..., Any]) -> Found:
    """Return the objects by `Kind name`."""
    made: Found = valid(setup.objects(reference, clustered(reference)))
    return made


def test_it_runs_after_each_delivery(found: Found) -> None:
    """Anew, restricted, and with what it says beside it."""
    job = found["Job elastic-setup"]
    assert "PostSync" == job["metadata"]["annotations"]["argocd.argoproj.io/hook"]
    assert [] == [str(each) for each in pod_security.findings(found.values())]
    files = found["ConfigMap elastic-setup"]["data"]
    assert {"policy.json", "template.json", "searches.ndjson", "setup.sh"} == set(files)
    json.loads(files["policy.json"])
    json.loads(files["template.json"])


def test_its_script_asks_what_it_should(found: Found, tmp_path: Path) -> None:
    """Run with a curl that notes its words: two PUTs, one import, and no password in them."""
    files = tmp_path / "config"
    for folder in (files, tmp_path / "elastic", tmp_path / "bin"):
        folder.mkdir()
    (tmp_path / "elastic" / "elastic").write_text("canary-secret")
    script = found["ConfigMap elastic-setup"]["data"]["setup.sh"]
    script = script.replace("/etc/groundplan", str(tmp_path)).replace(
        "/tmp/netrc", f"{tmp_path}/n"
    )
    curl = tmp_path / "bin" / "curl"
    curl.write_text(f'#!/bin/sh\necho "$@" >>{tmp_path}/asked\n')
    curl.chmod(0o755)
    path = {"PATH": f"{curl.parent}:/usr/bin:/bin"}
    done = subprocess.run(["sh", "-c", script], env=path, capture_output=True, text=True)
    assert (0, "") == (done.returncode, done.stderr)
    policy, template, searches = (tmp_path / "asked").read_text().splitlines()
    assert "--request PUT" in policy
    assert policy.endswith("elasticsearch-es-http:9200/_ilm/policy/groundplan-logs")
    assert template.endswith("/_index_template/groundplan-logs")
    assert f"file=@{files}/searches.ndjson" in searches
    assert "canary-secret" not in (tmp_path / "asked").read_text()
    kept = tmp_path / "n"
    assert "canary-secret" in kept.read_text()
    assert 0o600 == kept.stat().st_mode & 0o777
