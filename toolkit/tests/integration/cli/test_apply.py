"""`./run apply` with a real Terraform, and everything that can go wrong in the middle."""

import json
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

LOCKED = 5
FAILED = 3
USAGE = 2
INTERRUPTED = 130
DRIVER = Path(__file__).with_name("driver.py")


def resources(root: Path) -> set[str]:
    """Return the names in the state that Terraform keeps beside the files."""
    state = json.loads((root / "terraform.tfstate").read_text())
    return {each["name"] for each in state["resources"]}


def test_nobody_is_asked_where_nobody_can_answer(tiny):
    """Without a terminal and without --yes nothing is applied."""
    done = tiny.run("apply", "dev")
    assert USAGE == done.returncode
    assert "in CI add --yes" in done.stderr
    assert not (tiny.root / "terraform.tfstate").exists()


def test_what_was_applied_is_not_applied_again(tiny):
    """Progress is told in plain lines with the slow one's name; then nothing changes."""
    done = tiny.run("apply", "dev", "--yes")
    assert 0 == done.returncode, done.stderr
    assert "applying  3 of 3" in done.stderr
    assert {"quick", "slow", "last"} == resources(tiny.root)
    assert "nothing changes\n" == tiny.run("apply", "dev", "--yes").stdout
    assert 0 == tiny.run("drift", "dev").returncode


def test_outputs_are_kept_for_rendering_and_images_stay(tiny):
    """What Terraform says lands in releases/dev.json; secrets do not, other keys stay."""
    tiny.write(
        'output "vpc_id" {\n  value = "vpc-1"\n}\n'
        'output "password" {\n  value     = "secret"\n  sensitive = true\n}\n'
    )
    release = tiny.folder / "releases/dev.json"
    release.parent.mkdir()
    release.write_text('{"commit": "abc"}')
    done = tiny.run("apply", "dev", "--yes")
    assert 0 == done.returncode, done.stderr
    kept = json.loads(release.read_text())
    assert ({"vpc_id": "vpc-1"}, "abc") == (kept["outputs"], kept["commit"])
    release.unlink()
    assert 0 == tiny.run("apply", "dev", "--yes").returncode
    assert {"vpc_id": "vpc-1"} == json.loads(release.read_text())["outputs"]


def test_a_locked_state_says_who_holds_it(tiny):
    """While one applies another is told who holds the state, since when, and how to unlock."""
    first = tiny.start("apply", "dev", "--yes")
    tiny.wait_for(tiny.root / "begun")
    second = tiny.run("plan", "dev")
    assert LOCKED == second.returncode
    assert "the state is locked by " in second.stderr
    assert "for an apply or destroy" in second.stderr
    assert "terraform force-unlock " in second.stderr
    first.communicate(timeout=60)
    assert 0 == first.returncode


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_apply_ends_in_order_and_can_be_repeated(tiny, number):
    """The first interrupt lets the running step end and writes the state; a repeat finishes."""
    child = tiny.start("apply", "dev", "--yes")
    tiny.wait_for(tiny.root / "begun")
    child.send_signal(number)
    _, err = child.communicate(timeout=60)
    assert INTERRUPTED == child.returncode
    assert "the command can be repeated" in err
    assert "last" not in resources(tiny.root)
    done = tiny.run("apply", "dev", "--yes")
    assert 0 == done.returncode, done.stderr
    assert {"quick", "slow", "last"} == resources(tiny.root)


SLOWER = """
resource "terraform_data" "slow" {
  provisioner "local-exec" {
    command = "touch begun; exec sleep 20"
  }
}
"""


def test_a_second_interrupt_kills(tiny):
    """Who interrupts twice does not wait; the state is whole and not locked."""
    tiny.write(SLOWER)
    child = tiny.start("apply", "dev", "--yes")
    tiny.wait_for(tiny.root / "begun")
    began = time.monotonic()
    child.send_signal(signal.SIGINT)
    time.sleep(0.5)
    child.send_signal(signal.SIGINT)
    child.communicate(timeout=60)
    assert INTERRUPTED == child.returncode
    assert time.monotonic() - began < 10
    assert 0 == tiny.run("plan", "dev").returncode


def test_an_apply_outlives_whoever_started_it(tiny):
    """Were we killed, Terraform still finishes and writes its state."""
    child = tiny.start("apply", "dev", "--yes")
    tiny.wait_for(tiny.root / "begun")
    child.kill()
    child.communicate()
    deadline = time.monotonic() + 30
    found: set[str] = set()
    while "last" not in found and time.monotonic() < deadline:
        time.sleep(0.1)
        try:
            found = resources(tiny.root)
        except ValueError:
            continue
    assert {"quick", "slow", "last"} == found


def test_a_failure_keeps_terraforms_words_and_adds_a_hint(tiny):
    """Exit code 3, the provider's own message, and what to do about it."""
    said = "api error UnauthorizedOperation: You are not authorized to perform ec2:CreateVpc"
    tiny.write(
        'resource "terraform_data" "refused" {\n  provisioner "local-exec" {\n'
        f'    command = "echo {said} >&2; exit 1"\n  }}\n}}\n'
    )
    done = tiny.run("apply", "dev", "--yes")
    assert FAILED == done.returncode
    assert "terraform_data.refused: local-exec provisioner error" in done.stderr
    assert said in done.stderr
    assert "hint: the credentials may not do this" in done.stderr


def test_a_failure_that_nobody_knows_has_no_hint(tiny):
    """Negative control: words that no pattern knows stand alone."""
    tiny.write(
        'resource "terraform_data" "odd" {\n  lifecycle {\n    precondition {\n'
        "      condition     = length(terraform_data.odd.id) < 0\n"
        '      error_message = "never"\n    }\n  }\n}\n'
    )
    done = tiny.run("apply", "dev", "--yes")
    assert FAILED == done.returncode
    assert "hint:" not in done.stderr


FILLS = """
resource "terraform_data" "large" {
  input = join("", [for i in range(1000) : "0123456789012345678901234567890123456789"])
  provisioner "local-exec" {
    command = "dd if=/dev/zero of=filler bs=1k 2>/dev/null || true"
  }
}
"""
DISK = """
set -e
mkdir full
mount -t tmpfs -o size=24m none full
cp -r platform.yaml source generated full
cd full
"$@" || echo "failed with $?"
rm generated/dev/terraform/filler
"$@"
"""


FILLS = """
resource "terraform_data" "large" {
  input = join("", [for i in range(1000) : "0123456789012345678901234567890123456789"])
  provisioner "local-exec" {
    command = "dd if=/dev/zero of=filler bs=1k 2>/dev/null || true"
  }
}
"""
DISK = """
set -e
mkdir full
mount -t tmpfs -o size=24m none full
cp -r platform.yaml source generated full
cd full
"$@" || echo "failed with $?"
rm generated/dev/terraform/filler
"$@"
"""


def test_a_full_disk_is_said_plainly_and_the_apply_can_be_repeated(tiny):
    """The disk fills in mid-apply: the state is whole all the same, and a repeat goes on."""
    can_mount = ["unshare", "-rm", "mount", "-t", "tmpfs", "none", str(tiny.folder / "source")]
    if not shutil.which("unshare") or subprocess.run(can_mount, capture_output=True).returncode:
        pytest.skip("needs the right to mount a small disk in a namespace")
    tiny.write(FILLS)
    apply = [sys.executable, str(DRIVER), "source", "apply", "dev", "--yes"]
    words = ["unshare", "-rm", "sh", "-c", DISK, "sh", *apply]
    done = subprocess.run(words, cwd=tiny.folder, capture_output=True, text=True, check=False)
    assert 0 == done.returncode, done.stderr
    assert f"failed with {FAILED}" in done.stdout
    assert "no space left on device" in done.stderr
    assert "the state is whole again" in done.stderr
    assert "nothing changes" == done.stdout.splitlines()[-1]
