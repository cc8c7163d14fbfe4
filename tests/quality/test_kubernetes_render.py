"""Rendering is fast enough to be done at every change, and gives the same bytes everywhere."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from bench.render import equal, work

ROOT = Path(__file__).resolve().parents[2]
SECONDS = {3: 1.0, 500: 10.0}
"""Of processor time, by the number of a user's own services beside the reference's."""


@pytest.mark.parametrize("services", SECONDS)
def test_rendering_takes_little_work(services: int, tmp_path: Path) -> None:
    """Reading the file and making all objects stays within its promise."""
    file = tmp_path / "platform.yaml"
    file.write_text(equal.platform_file(services))
    assert sum(work.measured(str(file), equal.ENVIRONMENT).values()) < SECONDS[services]


def digest(folder: Path) -> str:
    """Return a digest of all files below a folder, by path and content."""
    found = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        found.update(f"{path.relative_to(folder)}\0".encode() + path.read_bytes())
    return found.hexdigest()


def test_the_same_file_gives_the_same_bytes(tmp_path: Path) -> None:
    """Whatever order Python's sets have in a process."""
    digests = set()
    for seed in ("0", "1", "2026"):
        out = tmp_path / seed
        words = [sys.executable, "-m", "groundplan", "render", "prod", "--out", str(out)]
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        done = subprocess.run(
            words, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
        )
        assert 0 == done.returncode, done.stderr
        assert list(out.rglob("kubernetes/**/*.yaml"))
        digests.add(digest(out))
    assert 1 == len(digests)


def test_other_bytes_would_be_noticed(tmp_path: Path) -> None:
    """Negative control: one letter more, or another name, is another digest."""
    (tmp_path / "a").write_text("x")
    first = digest(tmp_path)
    (tmp_path / "a").write_text("y")
    second = digest(tmp_path)
    (tmp_path / "a").rename(tmp_path / "b")
    assert 3 == len({first, second, digest(tmp_path)})
