"""checkov finds in what watches only what is known and has a reason."""

import json
import os
import subprocess
from pathlib import Path
from typing import Any

from groundplan.tools import environment

NO_DIGEST = "no public text states the digest of its image"
KNOWN = {
    ("CKV_K8S_43", "Job.monitoring.elastic-setup"): NO_DIGEST,
    ("CKV_K8S_43", "CronJob.monitoring.jaeger-cleaner"): NO_DIGEST,
    ("CKV_K8S_43", "DaemonSet.node-agents.fluentd"): NO_DIGEST,
    ("CKV_K8S_23", "DaemonSet.node-agents.fluentd"): "only root reads the log files of a node",
    ("CKV_K8S_40", "DaemonSet.node-agents.fluentd"): "only root reads the log files of a node",
    ("CKV_K8S_35", "CronJob.monitoring.jaeger-cleaner"): "Jaeger's cleaner reads no password file",
}
"""What may be found, each with the reason."""
Render = Any


def test_only_known_faults_are_found(release: Render, tmp_path: Path) -> None:
    """None more and none less, so that what was mended leaves the list; all files are read."""
    contents = {each.path: each.content for each in release.signals}
    for path in release.watching:
        file = tmp_path / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(contents[path])
    words = ["--framework", "kubernetes", "--skip-download", "--compact", "-o", "json", "-d"]
    done = subprocess.run(
        [environment.python("scan"), "-m", "checkov.main", *words, tmp_path],
        env={**os.environ, "LOG_LEVEL": "ERROR"},
        capture_output=True,
        text=True,
        check=False,
    )
    found: dict[str, Any] = json.loads(done.stdout)
    failed = {(each["check_id"], each["resource"]) for each in found["results"]["failed_checks"]}
    assert set(KNOWN) == failed
    assert 0 == found["summary"]["parsing_errors"]
    assert found["summary"]["passed"] > 400
