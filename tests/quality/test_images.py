"""Each image starts as UID 10001 on a read-only root, here where no container engine is.

A Dockerfile is read, what its steps leave behind is put together from the packages of this
machine, whose versions must be the locks', and its own start command runs in namespaces of its
own: this machine's `/usr` read-only stands in for the image below ours.
"""

import json
import os
import platform
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib import metadata
from pathlib import Path
from typing import Any

import certifi
import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
DOCKERFILES = {
    "frontend": ROOT / "services/frontend/Dockerfile",
    "gateway": ROOT / "services/gateway/Dockerfile",
    "authz": ROOT / "services/gateway/authz/Dockerfile",
    "backend": ROOT / "services/backend/Dockerfile",
}
USER = 10001
OBJECTS = ROOT / "generated/dev/kubernetes"
ASKED = "https://localhost:8443/healthz/live"
PATIENCE = 30
"""Seconds until an image must answer."""
WRITABLE = ["/tmp", "/var/run/groundplan"]
PINNED = re.compile(r"[\w./-]+:?[\w.-]*@sha256:[0-9a-f]{64}")

IN_NAMESPACES = """
import fcntl, json, os, socket, ssl, struct, subprocess, sys, time, urllib.request
told = json.load(sys.stdin)
root = told["root"]
def mount(*words): subprocess.run(["mount", *words], check=True)
def show(path, at):
    mount("--rbind", path, root + at)
    mount("-o", "remount,bind,ro", root + at)
flags = struct.pack("16sh", b"lo", 0x41)
fcntl.ioctl(socket.socket(), 0x8914, flags)
mount("--bind", root, root)
for path, at in told["shown"]: show(path, at)
mount("--rbind", "/dev", root + "/dev")
mount("-t", "proc", "proc", root + "/proc")
mount("-o", "remount,bind,ro", root)
for path in told["writable"]:
    mount("-t", "tmpfs", "-o", "mode=0700,uid=%(user)s,gid=%(user)s" % told, "tmpfs", root + path)
os.fchown(2, told["user"], told["user"])  # as container runtimes do, so that it can be opened
user = str(told["user"])
become = ["--reuid", user, "--regid", user, "--clear-groups"] if os.getuid() == 0 else []
process = subprocess.Popen(
    ["setpriv", *become, "--inh-caps=-all", "--ambient-caps=-all", "--bounding-set=-all",
     "--no-new-privs", "--", *told["command"]],
    preexec_fn=lambda: (os.chroot(root), os.chdir(told["directory"])),
    env=told["environment"], stdin=subprocess.DEVNULL, stdout=2,
)
answer = None
believed = ssl.create_default_context(cafile=told["authority"]) if told["ask"] else None
limit = time.monotonic() + told["patience"]
while told["ask"] and answer is None and process.poll() is None and time.monotonic() < limit:
    try:
        answer = urllib.request.urlopen(told["ask"], timeout=1, context=believed).status
    except OSError: time.sleep(0.05)
seen = None
if told["ask"] and process.poll() is None:
    lines = [line.split() for line in open(f"{root}/proc/{process.pid}/status")]
    seen = [words for name, *words in lines if name in ("Uid:", "CapEff:")]
    process.terminate()
print(json.dumps({"answer": answer, "seen": seen, "code": process.wait(10)}))
"""
"""Run with every namespace of its own: mounts, becomes the user, starts, asks, and tells."""


@dataclass
class Stage:
    """One stage of a build: where its files are, and what an image of it says."""

    base: str
    files: Path
    directory: str = "/"
    said: dict[str, str] = field(default_factory=dict)
    settings: dict[str, str] = field(default_factory=dict)

    def at(self, path: str) -> Path:
        """Return where a path of the image stands on this machine."""
        return self.files / os.path.normpath(os.path.join(self.directory, path)).lstrip("/")

    def words(self, *names: str) -> list[str]:
        """Return the words of instructions in JSON's form, one after the other."""
        return [word for name in names for word in json.loads(self.said.get(name, "[]"))]


def instructions(dockerfile: Path) -> Iterator[tuple[str, str]]:
    """Yield the instructions of a Dockerfile, continued lines joined."""
    lines = [line for line in dockerfile.read_text().splitlines() if not line.startswith("#")]
    for line in re.sub(r"\\\n\s*", "", "\n".join(lines)).splitlines():
        if line:
            name, _, rest = line.partition(" ")
            yield name, rest.strip()


def assemble(dockerfile: Path, place: Path) -> Stage:
    """Return the last stage with the files that a build would leave in it."""
    stages: dict[str, Stage] = {}
    stage = Stage("", place)
    for name, rest in instructions(dockerfile):
        if name == "FROM":
            base, _, alias = rest.partition(" AS ")
            stage = stages[alias] = Stage(base, place / (alias or "image"))
            stage.files.mkdir(parents=True)
        elif name == "WORKDIR":
            stage.directory = rest
            stage.at(".").mkdir(parents=True, exist_ok=True)
        elif name == "COPY":
            _copy(rest.split(), stages, stage)
        elif name == "RUN":
            for command in rest.replace("$(uname -m)", platform.machine()).split("&&"):
                _run(shlex.split(command), stage)
        elif name == "ENV":
            stage.settings |= dict(pair.split("=", 1) for pair in shlex.split(rest))
        else:
            stage.said[name] = rest
    return stage


def _copy(words: list[str], stages: dict[str, Stage], stage: Stage) -> None:
    origin = words.pop(0).removeprefix("--from=") if words[0].startswith("--from=") else None
    *sources, target = words
    for source in sources:
        path = stages[origin].at(source) if origin else ROOT / source
        if path.is_dir():
            unwanted = shutil.ignore_patterns("__pycache__")
            shutil.copytree(
                path, stage.at(target), dirs_exist_ok=True, ignore=unwanted, copy_function=_link
            )
        else:
            stage.at(target).mkdir(parents=True, exist_ok=True)
            shutil.copy(path, stage.at(target))


def _run(words: list[str], stage: Stage) -> None:
    match words:
        case ["pip", "install", *options]:
            chosen = dict(option.split("=", 1) for option in options if "=" in option)
            assert {"--require-hashes", "--no-deps"} <= set(options)
            _install(stage.at(chosen["--requirement"]), stage.at(chosen["--target"]))
        case ["install", "-D", "-m", _, source, target]:
            stage.at(target).parent.mkdir(parents=True)
            _link(stage.at(source), stage.at(target))
        case ["npm", "run", "build", "--", "--outDir", folder]:
            stage.at(folder).mkdir(parents=True)
            (stage.at(folder) / "index.html").write_text("the console")
        case ["python", "-c", program] if "urlretrieve" in program:
            stage.at(program.split("'")[-2]).write_text("what would be downloaded")
        case ["rm", "-rf", folder]:
            shutil.rmtree(stage.at(folder), ignore_errors=True)
        case ["npm", "ci", *_] | ["python", "-m", "compileall", *_]:
            pass
        case ["echo", *_] | ["sha256sum", "--check", "--strict", _]:
            pass
        case _:
            pytest.fail(f"this test does not know what {words} leaves behind")


def _install(lock: Path, target: Path) -> None:
    """Put the packages of a lock into a folder, from this environment, if they are the same."""
    for name, version in re.findall(r"^([\w-]+)==(\S+) \\$", lock.read_text(), re.MULTILINE):
        package = metadata.distribution(name)
        assert version == package.version, f"{name} of {lock.name} is not the one installed here"
        for file in package.files or ():
            if ".." not in file.parts and file.suffix != ".pyc":
                (target / file).parent.mkdir(parents=True, exist_ok=True)
                _link(file.locate(), target / file)


def _link(source: Any, target: Any) -> None:
    try:
        os.link(source, target)
    except OSError:
        shutil.copy(source, target)


def mount(name: str, stage: Stage, place: Path) -> Path:
    """Mount what the pod of a service mounts, filled; return the authority's certificate."""
    words = [sys.executable, ROOT / "compose/prepare.py", OBJECTS, place / "made"]
    subprocess.run(words, check=True)
    (stage.files / "etc").mkdir(exist_ok=True)
    shutil.move(place / "made" / name, stage.files / "etc/groundplan")
    # The base image brings the authorities that systems trust.
    trusted = stage.files / "etc/ssl/certs/ca-certificates.crt"
    trusted.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(certifi.where(), trusted)
    files = (stage.files / "etc/groundplan/config").iterdir()
    told = " ".join(file.read_text() for file in files)
    names = sorted(set(re.findall(r"[\w-]+\.\w+\.svc\.cluster\.local", told)))
    (stage.files / "etc/hosts").write_text(f"127.0.0.1 localhost {' '.join(names)}\n")
    return place / "made/authority.crt"


def container(name: str) -> dict[str, Any]:
    """Return the container of a service's pod, as it is rendered."""
    deployment = yaml.safe_load((OBJECTS / name / "deployment.yaml").read_text())
    found: dict[str, Any] = deployment["spec"]["template"]["spec"]["containers"][0]
    return found


def pod_settings(name: str) -> dict[str, str]:
    """Return the settings of a service's pod."""
    listed = {each["name"]: each.get("value", name) for each in container(name).get("env", [])}
    return {key: value.replace("$(POD_NAME)", name) for key, value in listed.items()}


def start(stage: Stage, command: list[str], authority: Path | None = None) -> dict[str, Any]:
    """Start a command in an image of its own, ask it, end it; return what was seen."""
    python = base_python()
    shown = {"/usr": "/usr", str(python.parents[1]): str(python.parents[1])}
    for name in ("bin", "lib", "lib64"):
        if Path("/", name).is_symlink():
            (stage.files / name).symlink_to(os.readlink(f"/{name}"))
        elif Path("/", name).is_dir():
            shown[f"/{name}"] = f"/{name}"
    local = stage.at("/usr/local/bin")
    local.mkdir(parents=True, exist_ok=True)
    (local / "python3").symlink_to(python)
    programs = stage.files.with_name("programs")
    shutil.copytree(local, programs, symlinks=True, copy_function=_link)
    for path in (*shown.values(), *WRITABLE, "/dev", "/proc"):
        stage.at(path).mkdir(parents=True, exist_ok=True)
    told = {
        "root": str(stage.files),
        "shown": [*shown.items(), (str(programs), "/usr/local/bin")],
        "writable": WRITABLE,
        "user": USER,
        "command": command,
        "directory": stage.directory,
        "environment": {"PATH": "/usr/local/bin:/usr/bin:/bin", **stage.settings},
        "ask": ASKED if authority else None,
        "authority": str(authority),
        "patience": PATIENCE,
    }
    done = subprocess.run(
        [*namespaces(), sys.executable, "-c", IN_NAMESPACES],
        input=json.dumps(told),
        capture_output=True,
        text=True,
        timeout=PATIENCE + 20,
        check=False,
    )
    assert 0 == done.returncode, done.stderr
    return {**json.loads(done.stdout), "said": done.stderr}


def base_python() -> Path:
    """Return the Python below this environment, for which its packages were built."""
    return Path(os.path.realpath(sys.executable))


def namespaces() -> list[str]:
    """Return how a program gets namespaces: by being root, else as a user that is one inside."""
    words = ["unshare", "--mount", "--net", "--pid", "--fork", "--kill-child"]
    if os.getuid() != 0:
        words += [f"--map-user={USER}", f"--map-group={USER}", "--keep-caps"]
    return words


@pytest.fixture(scope="module")
def may_have_namespaces() -> None:
    """Skip where a person may not have namespaces of their own."""
    if shutil.which("setpriv") is None:
        pytest.skip("needs util-linux: unshare and setpriv")
    if subprocess.run([*namespaces(), "true"], capture_output=True, check=False).returncode != 0:
        pytest.skip("needs a kernel that allows user namespaces")


@pytest.fixture
def place(may_have_namespaces: None) -> Iterator[Path]:
    """Return a folder for the images of a test; it goes with them."""
    made = Path(tempfile.mkdtemp(prefix="image-"))
    yield made
    shutil.rmtree(made)


@pytest.mark.parametrize("name", DOCKERFILES)
@pytest.mark.parametrize("said_by", ["image", "pod"])
def test_an_image_starts_as_a_user_on_a_read_only_root(
    name: str, said_by: str, place: Path
) -> None:
    """Started as image or pod say it answers, encrypted; it is UID 10001 and may do no more."""
    stage = assemble(DOCKERFILES[name], place)
    authority = mount(name, stage, place)
    stage.settings |= pod_settings(name)
    command = {"image": stage.words("ENTRYPOINT", "CMD"), "pod": container(name)["command"]}
    found = start(stage, command[said_by], authority)
    assert 200 == found["answer"], found["said"]
    assert [[str(USER)] * 4, ["0" * 16]] == found["seen"]


@pytest.mark.parametrize("path", ["/srv/written", "/etc/written", "/usr/local/bin/written"])
def test_writing_to_the_root_fails(path: str, place: Path) -> None:
    """Negative control: the same start refuses a command that writes, and says why."""
    stage = assemble(DOCKERFILES["backend"], place)
    found = start(stage, ["python3", "-c", f"open({path!r}, 'w')"])
    assert 1 == found["code"]
    assert "Read-only file system" in found["said"]


def test_writing_to_the_run_folder_succeeds(place: Path) -> None:
    """What is to be written has its place: a failure to write is not one of the test's own."""
    stage = assemble(DOCKERFILES["backend"], place)
    command = ["python3", "-c", "open('/var/run/groundplan/written', 'w')"]
    found = start(stage, command)
    assert 0 == found["code"], found["said"]


@pytest.mark.parametrize("name", DOCKERFILES)
def test_an_image_is_pinned_and_has_no_shell(name: str) -> None:
    """Every stage stands on a digest; the last one on an image without a shell, as UID 10001."""
    said = list(instructions(DOCKERFILES[name]))
    bases = [rest.partition(" AS ")[0] for instruction, rest in said if instruction == "FROM"]
    assert [] == [base for base in bases if not PINNED.fullmatch(base)]
    assert bases[-1].startswith("gcr.io/distroless/python3-debian12@")
    last = dict(said[max(at for at, each in enumerate(said) if each[0] == "FROM") :])
    assert f"{USER}:{USER}" == last["USER"]
    assert "RUN" not in last


def test_the_same_base_has_the_same_digest_everywhere() -> None:
    """No image stands on an older copy of a base than its neighbours."""
    bases = {
        rest.partition(" AS ")[0]
        for dockerfile in DOCKERFILES.values()
        for instruction, rest in instructions(dockerfile)
        if instruction == "FROM"
    }
    assert len({base.partition("@")[0] for base in bases}) == len(bases)


def is_sent(path: str) -> bool:
    """Return whether .dockerignore lets a path through to the builder; the last word counts."""
    sent = True
    for line in (ROOT / ".dockerignore").read_text().splitlines():
        pattern = line.removeprefix("!")
        if line and not line.startswith("#") and _matches(pattern, path):
            sent = line.startswith("!")
    return sent


def _matches(pattern: str, path: str) -> bool:
    text = re.escape(pattern).replace(r"\*\*/", "(.*/)?").replace(r"\*\*", ".*")
    return re.fullmatch(text.replace(r"\*", "[^/]*") + "(/.*)?", path) is not None


def test_the_builder_gets_what_images_copy_and_nothing_else() -> None:
    """Every source of a COPY is let through; secrets, history and packages are not."""
    sources = [
        source
        for dockerfile in DOCKERFILES.values()
        for name, rest in instructions(dockerfile)
        if name == "COPY" and not rest.startswith("--from")
        for source in rest.split()[:-1]
    ]
    assert len(sources) > 10
    below = [f"{source}x" if source.endswith("/") else source for source in sources]
    assert [] == [source for source in below if not is_sent(source)]
    kept = [".git/config", ".venv/bin/python", ".groundplan/local/secrets/x", "platform.yaml"]
    kept += ["services/frontend/node_modules/x", "services/backend/src/a/__pycache__/a.pyc"]
    assert [] == [path for path in kept if is_sent(path)]
