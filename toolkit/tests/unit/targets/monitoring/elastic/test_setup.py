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
    said = {"policy.json", "template.json", "lifecycle.json"}
    assert said | {"searches.ndjson", "setup.sh"} == set(files)
    for name in said:
        json.loads(files[name])


STREAM = "logs-groundplan-prod"


def run(found: Found, tmp_path: Path, streams: str = "", policy: str = "") -> list[str]:
    """Run the script with a curl that notes its words and knows one stream; return the words."""
    files = tmp_path / "config"
    for folder in (files, tmp_path / "elastic", tmp_path / "bin"):
        folder.mkdir()
    (tmp_path / "elastic" / "elastic").write_text("canary-secret")
    script = found["ConfigMap elastic-setup"]["data"]["setup.sh"]
    script = script.replace("/etc/groundplan", str(tmp_path)).replace(
        "/tmp/netrc", f"{tmp_path}/n"
    )
    curl = tmp_path / "bin" / "curl"
    settings = f'{{".ds-{streams}-000001":{{"settings":{{"index.lifecycle.name":"{policy}"}}}}}}'
    curl.write_text(
        f"""#!/bin/sh
echo "$@" >>{tmp_path}/asked
case "$*" in
  */_data_stream/{STREAM}\\*) echo '{{"data_streams":[{{"name":"{streams}"}}]}}' ;;
  */_data_stream/*) echo '{{"data_streams":[]}}' ;;
  */_settings/index*) echo '{settings}' ;;
esac
"""
    )
    curl.chmod(0o755)
    path = {"PATH": f"{curl.parent}:/usr/bin:/bin"}
    done = subprocess.run(["sh", "-c", script], env=path, capture_output=True, text=True)
    assert (0, "") == (done.returncode, done.stderr)
    return (tmp_path / "asked").read_text().splitlines()


def test_its_script_asks_what_it_should(found: Found, tmp_path: Path) -> None:
    """Two PUTs, a look at each stream, one import, and no password in words."""
    policy, template, lines, dead, searches = run(found, tmp_path)
    files = tmp_path / "config"
    assert "--request PUT" in policy
    for stream, asked in ((STREAM, lines), ("logs-groundplan.deadletter-prod", dead)):
        assert asked.endswith(f"elasticsearch-es-http:9200/_data_stream/{stream}*")
    assert policy.endswith("elasticsearch-es-http:9200/_ilm/policy/groundplan-logs")
    assert template.endswith("/_index_template/groundplan-logs")
    assert f"file=@{files}/searches.ndjson" in searches
    assert "canary-secret" not in (tmp_path / "asked").read_text()
    kept = tmp_path / "n"
    assert "canary-secret" in kept.read_text()
    assert 0o600 == kept.stat().st_mode & 0o777


def changes(asked: list[str]) -> list[str]:
    """Return what is asked for of the stream of lines, beside looks at it."""
    words = [each.rpartition(" ")[2] for each in asked if f"9200/{STREAM}/" in each]
    return [each.partition(f"{STREAM}/")[2] for each in words if "?" not in each]


def test_what_was_written_before_the_template_is_kept_as_long(
    found: Found, tmp_path: Path
) -> None:
    """A new index begins, and those before it leave their policy for ours."""
    asked = run(found, tmp_path, STREAM, "logs")
    assert ["_rollover", "_ilm/remove", "_settings"] == changes(asked)
    put = next(each for each in asked if each.endswith("/_settings"))
    assert f"@{tmp_path}/config/lifecycle.json" in put
    told = json.loads(found["ConfigMap elastic-setup"]["data"]["lifecycle.json"])
    assert {"index.lifecycle.name": "groundplan-logs"} == told


def test_a_stream_of_ours_begins_no_index_at_each_delivery(found: Found, tmp_path: Path) -> None:
    """Deliveries would else leave as many indices as there were."""
    assert ["_settings"] == changes(run(found, tmp_path, STREAM, "groundplan-logs"))


def test_a_stream_that_is_not_there_is_left_alone(found: Found, tmp_path: Path) -> None:
    """Another whose name begins alike is none of ours."""
    assert [] == changes(run(found, tmp_path, f"{STREAM}-2", "logs"))


def test_it_fails_where_elasticsearch_does_not_answer(found: Found, tmp_path: Path) -> None:
    """So that the job is tried again, and nobody takes it for done."""
    script = found["ConfigMap elastic-setup"]["data"]["setup.sh"]
    begun, _, rest = script.partition("put policy.json")
    last = f"put policy.json{rest}".splitlines()[2]
    lines = begun.partition("files=")[2]
    text = f"set -eu\nask() {{ return 22; }}\nfiles={lines}{last}\necho done\n"
    done = subprocess.run(["sh", "-c", text], capture_output=True, text=True)
    assert (22, "") == (done.returncode, done.stdout)
