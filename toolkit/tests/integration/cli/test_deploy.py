"""`./run deploy`, with the real kubectl and the real git."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from groundplan.cli import deploy
from groundplan.cli.main import main
from groundplan.cloud.delivery import wait

FILE = "apiVersion: groundplan/v1\nextends: reference\ndelivery: {repository: acme/shop}\n"
SERVICES = ("frontend", "gateway", "authz", "backend")
OUTPUTS = {
    "database_endpoint": "database.example",
    "database_secret_arn": "arn:aws:secretsmanager:us-east-1:123456789012:secret:rds",
    "web_acl_arn": "arn:aws:wafv2:us-east-1:123456789012:regional/webacl/a/b",
    "certificate_arn": "arn:aws:acm:us-east-1:123456789012:certificate/a",
    "load_balancer_security_group_id": "sg-0123456789abcdef0",
    "vpc_id": "vpc-0123456789abcdef0",
    "logs_bucket_name": "groundplan-dev-logs",
    "artifacts_bucket_name": "groundplan-dev-artifacts",
    "backups_bucket_name": "groundplan-dev-backups",
}


def image(service: str, letter: str = "a") -> str:
    """Return a reference with a digest."""
    return f"registry.example/groundplan-dev/{service}@sha256:{letter * 64}"


def release(folder: Path, letter: str = "a", environment: str = "dev") -> None:
    """Write a release."""
    images = {name: image(name, letter) for name in SERVICES}
    text = json.dumps({"images": images, "outputs": OUTPUTS, "commit": "c", "built_at": "t"})
    (folder / "releases").mkdir(exist_ok=True)
    (folder / f"releases/{environment}.json").write_text(text)


@pytest.fixture
def platform(repository: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of a platform that was released."""
    (repository / "platform.yaml").write_text(FILE)
    release(repository)
    monkeypatch.chdir(repository)
    monkeypatch.setattr(wait, "POLL", 0.05)
    return repository


def git(folder: Path, *words: str) -> str:
    """Ask git."""
    done = subprocess.run(["git", *words], cwd=folder, check=True, capture_output=True, text=True)
    return done.stdout.strip()


def test_images_that_were_not_released_are_refused(
    platform: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without an image nothing is delivered, and the message names what has none."""
    (platform / "releases/dev.json").write_text(json.dumps({"outputs": OUTPUTS}))
    assert 5 == main(["deploy", "dev", "--yes", "--timeout", "0"])
    said = capsys.readouterr().err
    assert "have an image that was not released" in said
    assert "Deployment backend" in said
    assert "" == git(platform, "branch", "--list", "deploy")


def test_outputs_that_are_not_known_are_refused(
    platform: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Before an apply of Terraform nothing is delivered."""
    images = {name: image(name) for name in SERVICES}
    (platform / "releases/dev.json").write_text(json.dumps({"images": images}))
    assert 5 == main(["deploy", "dev", "--yes", "--timeout", "0"])
    assert "wait for what Terraform makes" in capsys.readouterr().err


def test_pods_that_the_namespace_would_refuse_are_refused(
    platform: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A patch that loosens a pod's security is found before a cluster sees it."""
    (platform / "patches").mkdir()
    (platform / "patches/loose.yaml").write_text(
        "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: backend}\n"
        "spec: {template: {spec: {hostNetwork: true}}}\n"
    )
    assert 5 == main(["deploy", "dev", "--yes", "--timeout", "0"])
    assert "hostNetwork" in capsys.readouterr().err


def test_the_local_environment_is_not_delivered(platform: Path) -> None:
    """What runs on this machine has no cluster."""
    assert 2 == main(["deploy", "local", "--yes"])


def test_a_commit_holds_the_rendered_files_and_nothing_else_moves(
    platform: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The branch gets generated/dev alone; index, files and the branch that is out stay."""
    (platform / "README.md").write_text("changed\n")
    (platform / "new.txt").write_text("staged\n")
    git(platform, "add", "new.txt")
    before = git(platform, "status", "--porcelain"), git(platform, "rev-parse", "HEAD")
    assert 0 == main(["deploy", "dev", "--yes", "--timeout", "0"])
    assert before == (git(platform, "status", "--porcelain"), git(platform, "rev-parse", "HEAD"))
    names = git(platform, "ls-tree", "-r", "--name-only", "deploy").splitlines()
    assert names
    assert all(name.startswith("generated/dev/") for name in names)
    shown = git(platform, "show", "deploy:generated/dev/kubernetes/backend/deployment.yaml")
    assert image("backend") in shown
    out = capsys.readouterr().out
    assert "created" in out


def test_the_same_delivery_again_makes_no_commit(platform: Path) -> None:
    """Repeating is safe: the branch holds it already."""
    assert 0 == main(["deploy", "dev", "--yes", "--timeout", "0"])
    tip = git(platform, "rev-parse", "deploy")
    assert 0 == main(["deploy", "dev", "--yes", "--timeout", "0"])
    assert tip == git(platform, "rev-parse", "deploy")


def test_data_is_taken_from_the_branch_only_on_an_explicit_word(
    platform: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What holds data is named and kept until --with-data."""
    assert 0 == main(["deploy", "dev", "--yes", "--timeout", "0"])
    (platform / "patches").mkdir()
    (platform / "patches/gone.yaml").write_text(
        "apiVersion: apps/v1\nkind: StatefulSet\nmetadata: {name: cache}\n$patch: delete\n"
    )
    tip = git(platform, "rev-parse", "deploy")
    assert 2 == main(["deploy", "dev", "--yes", "--timeout", "0"])
    assert "data would be lost: StatefulSet cache" in capsys.readouterr().err
    assert tip == git(platform, "rev-parse", "deploy")
    assert 0 == main(["deploy", "dev", "--yes", "--timeout", "0", "--with-data"])
    assert tip != git(platform, "rev-parse", "deploy")


def test_apply_brings_everything_and_waits_for_health(
    platform: Path, fake_cluster: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    """All objects but Argo CD's are there, the cluster was named first, no lease is left."""
    assert 0 == main(["deploy", "dev", "--apply", "--yes", "--timeout", "20"])
    said = capsys.readouterr().err
    assert "cluster fake" in said.splitlines()[0]
    assert "dev is delivered and healthy" in said
    assert {"backend", "authz", "gateway", "frontend"} <= fake_cluster.names("Deployment")
    assert set() == fake_cluster.names("Application")
    assert set() == fake_cluster.names("Lease")


def test_what_left_the_file_is_pruned_but_for_data(
    platform: Path, fake_cluster: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    """A leftover Deployment goes; a leftover claim stays until --with-data; others' stay."""
    assert 0 == main(["deploy", "dev", "--apply", "--yes", "--timeout", "20"])
    labels = dict(fake_cluster.find("Deployment", "backend")["metadata"]["labels"])
    meta = {"metadata": {"labels": labels}}
    fake_cluster.add("apps/v1", "Deployment", "old", "groundplan", **meta)
    fake_cluster.add("v1", "PersistentVolumeClaim", "old", "groundplan", **meta)
    fake_cluster.add("v1", "PersistentVolumeClaim", "data-cache-0", "groundplan", **meta)
    fake_cluster.add("apps/v1", "Deployment", "of-others", "groundplan")
    assert 0 == main(["deploy", "dev", "--apply", "--yes", "--timeout", "20"])
    assert "kept PersistentVolumeClaim old" in capsys.readouterr().err
    assert "old" not in fake_cluster.names("Deployment")
    assert "of-others" in fake_cluster.names("Deployment")
    assert {"old", "data-cache-0"} <= fake_cluster.names("PersistentVolumeClaim")
    assert 0 == main(["deploy", "dev", "--apply", "--yes", "--timeout", "20", "--with-data"])
    assert "old" not in fake_cluster.names("PersistentVolumeClaim")
    assert "data-cache-0" in fake_cluster.names("PersistentVolumeClaim")


def test_an_unreachable_cluster_is_one_message(
    platform: Path, fake_cluster: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nobody answers: the context, its address and the way out, and nothing is changed."""
    text = fake_cluster.kubeconfig.read_text()
    values = json.loads(text)
    values["clusters"][0]["cluster"]["server"] = "http://127.0.0.1:1"
    fake_cluster.kubeconfig.write_text(json.dumps(values))
    assert 3 == main(["deploy", "dev", "--apply", "--yes"])
    said = capsys.readouterr().err
    assert "cluster fake (http://127.0.0.1:1) cannot be reached" in said
    assert 1 == said.count("cannot be reached")


def test_refused_admission_names_object_and_way_out(
    platform: Path, fake_cluster: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    """One refused object is named with the cluster's words; later, all is well."""
    words = 'admission webhook "policy.example" denied the request: no such label'
    fake_cluster.refused["Deployment", "backend"] = (403, words)
    assert 3 == main(["deploy", "dev", "--apply", "--yes"])
    said = capsys.readouterr().err
    assert "Deployment backend" in said
    assert words in said
    assert "a policy of the cluster refuses it" in said
    assert "gateway" in fake_cluster.names("Deployment")
    fake_cluster.refused.clear()
    assert 0 == main(["deploy", "dev", "--apply", "--yes", "--timeout", "20"])


def test_a_conflict_names_the_field_and_its_owner(
    platform: Path, fake_cluster: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    """Another manager changed a field of ours: the message says which and who."""
    assert 0 == main(["deploy", "dev", "--apply", "--yes", "--timeout", "20"])
    capsys.readouterr()
    found = fake_cluster.find("Service", "backend")
    found["spec"]["type"] = "NodePort"
    fake_cluster.own("Service", "backend", ".spec.type", "kubectl-edit")
    assert 3 == main(["deploy", "dev", "--apply", "--yes"])
    said = capsys.readouterr().err
    assert "Service backend: conflict: .spec.type owned by kubectl-edit" in said
    assert "--force-conflicts" in said
    assert "NodePort" == fake_cluster.find("Service", "backend")["spec"]["type"]


def test_a_release_that_was_cut_off_converges_when_repeated(
    platform: Path, fake_cluster: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    """The connection drops half-way: one message; the next run ends as if nothing had been."""
    fake_cluster.drops_after = 20
    assert 3 == main(["deploy", "dev", "--apply", "--yes"])
    assert "can be repeated" in capsys.readouterr().err
    half = len(fake_cluster.objects)
    fake_cluster.drops_after = None
    assert 0 == main(["deploy", "dev", "--apply", "--yes", "--timeout", "20"])
    assert half < len(fake_cluster.objects)
    assert {"backend", "authz", "gateway", "frontend"} <= fake_cluster.names("Deployment")


def test_two_deliveries_at_once_end_with_one(
    platform: Path, fake_cluster: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whoever comes second is told who delivers, and changes nothing."""
    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    spec = {"holderIdentity": "ci/7", "leaseDurationSeconds": 600, "renewTime": now}
    fake_cluster.add(
        "coordination.k8s.io/v1", "Lease", "groundplan-delivery", "groundplan", spec=spec
    )
    assert 5 == main(["deploy", "dev", "--apply", "--yes"])
    assert "another delivery is under way: by ci/7" in capsys.readouterr().err
    assert set() == fake_cluster.names("Deployment")


def test_a_killed_delivery_is_taken_over(platform: Path, fake_cluster: Any) -> None:
    """The lease of a process of this machine that has ended holds nobody up."""
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    holder = f"{socket.gethostname()}/{ended.pid}"
    spec = {"holderIdentity": holder, "leaseDurationSeconds": 600, "renewTime": now}
    fake_cluster.add(
        "coordination.k8s.io/v1", "Lease", "groundplan-delivery", "groundplan", spec=spec
    )
    assert 0 == main(["deploy", "dev", "--apply", "--yes", "--timeout", "20"])


def test_a_delivery_that_was_killed_converges_when_repeated(
    platform: Path, fake_cluster: Any, tmp_path: Path
) -> None:
    """Killed half-way with its lease held, it is finished by the next one."""
    programs = tmp_path / "programs"
    programs.mkdir()
    (programs / "git").symlink_to(str(shutil.which("git")))
    fake_cluster.stalls_after = 20
    child = subprocess.Popen(
        [sys.executable, "-m", "groundplan", "deploy", "dev", "--apply", "--yes"],
        env={**os.environ, "PATH": str(programs)},
        start_new_session=True,
        stderr=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
    )
    try:
        until = time.monotonic() + 60
        while fake_cluster.applied < 20 and time.monotonic() < until:
            assert child.poll() is None
            time.sleep(0.05)
    finally:
        os.killpg(child.pid, signal.SIGKILL)
        child.wait()
    assert {"groundplan-delivery"} == fake_cluster.names("Lease")
    assert set() == fake_cluster.names("Deployment")
    fake_cluster.stalls_after = None
    fake_cluster.resume.set()
    assert 0 == main(["deploy", "dev", "--apply", "--yes", "--timeout", "20"])
    assert {"backend", "authz", "gateway", "frontend"} <= fake_cluster.names("Deployment")
    assert set() == fake_cluster.names("Lease")


def test_a_missing_image_is_told_with_where_and_why(
    platform: Path, fake_cluster: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    """Pods cannot pull: which pod, the registry's words, and what to look at."""
    usual = fake_cluster.fare

    def fare(values: dict[str, Any]) -> dict[str, Any] | None:
        if (values["kind"], values["metadata"]["name"]) == ("Deployment", "backend"):
            return {"observedGeneration": values["metadata"]["generation"], "replicas": 3}
        found: dict[str, Any] | None = usual(values)
        return found

    fake_cluster.fare = fare
    waiting = {"reason": "ImagePullBackOff", "message": "manifest unknown"}
    fake_cluster.add(
        "v1",
        "Pod",
        "backend-7d-x",
        "groundplan",
        metadata={"labels": {"app.kubernetes.io/name": "backend"}},
        status={"containerStatuses": [{"name": "backend", "state": {"waiting": waiting}}]},
    )
    assert 5 == main(["deploy", "dev", "--apply", "--yes", "--timeout", "1"])
    said = capsys.readouterr().err
    assert "Deployment backend: 0 of 1 updated" in said or "Deployment backend: 0 of" in said
    assert "pod backend-7d-x, backend: ImagePullBackOff: manifest unknown" in said
    assert "hint: the image is not in the registry" in said


def test_the_command_says_what_it_does() -> None:
    """Its description opens with how it is called."""
    assert (deploy.__doc__ or "").startswith("`./run deploy ENV`")
