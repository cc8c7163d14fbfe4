"""Every Terraform module is formatted, valid, tested, described and tagged; so is every root.

Terraform itself judges, without network: providers come from a mirror on this machine.
"""

import ctypes
import os
import re
import shutil
import signal
import subprocess
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest

from groundplan.errors import ToolError
from groundplan.tools import terraform

ROOT = Path(__file__).parents[2]
MODULES = sorted(path.name for path in (ROOT / "terraform/modules").iterdir())
ENVIRONMENTS = sorted(path.parent.name for path in ROOT.glob("generated/*/terraform"))
Done = subprocess.CompletedProcess[str]
PATIENCE = {"GOGC": "400"}
"""Lets Terraform, which is written in Go, collect garbage a quarter as often."""
ATTACH = "TF_REATTACH_PROVIDERS"
_PR_SET_PDEATHSIG = 1
FOUR = ("main.tf", "variables.tf", "outputs.tf", "versions.tf")


@pytest.fixture(scope="session")
def program() -> list[str]:
    """Return Terraform's command and where its providers are."""
    try:
        found = terraform.find()
    except ToolError as error:
        pytest.skip(f"only elsewhere: {error.message}")
    mirror = terraform.mirror(found)
    if mirror is None:
        pytest.skip("only elsewhere: no mirror of the AWS provider on this machine")
    return [str(found.path), str(mirror)]


@pytest.fixture(scope="session")
def shared(program: list[str]) -> Iterator[dict[str, str]]:
    """Return the variables by which all Terraforms ask one provider, for its schemas alone.

    Each run of a module's tests would start one of its own, which costs more than the run.
    """
    binary = next(Path(program[1]).rglob("terraform-provider-aws_*"))
    with subprocess.Popen(
        [binary, "-debug"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        preexec_fn=_end_with_the_tests,
    ) as provider:
        assert provider.stdout is not None
        where = (re.search(f"{ATTACH}='(.*)'", line) for line in provider.stdout)
        yield {ATTACH: next(found[1] for found in where if found)}
        provider.kill()


def _end_with_the_tests() -> None:
    """Let the kernel end the provider when the tests are killed."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def run(program: list[str], folder: Path, *words: str, **variables: str) -> Done:
    """Run Terraform in a folder."""
    fixed = {"TF_CLI_CONFIG_FILE": os.devnull, "TF_IN_AUTOMATION": "1", **PATIENCE}
    return subprocess.run(
        [program[0], *words],
        cwd=folder,
        env={**os.environ, **fixed, **variables},
        capture_output=True,
        text=True,
        check=False,
    )


def made_ready(program: list[str], folder: Path) -> None:
    """Let Terraform find its providers in a folder."""
    words = ("init", "-backend=false", "-input=false", f"-plugin-dir={program[1]}", "-no-color")
    done = run(program, folder, *words)
    assert 0 == done.returncode, done.stderr


def copied(tmp_path: Path, folder: str) -> Path:
    """Return a copy of a folder beside a copy of all modules, so that nothing is littered."""
    ignored = shutil.ignore_patterns(".terraform*", "*.tfstate*")
    shutil.copytree(ROOT / "terraform", tmp_path / "terraform", ignore=ignored)
    if not folder.startswith("terraform"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=ignored)
    return tmp_path / folder


def test_everything_is_formatted(program: list[str]) -> None:
    """`terraform fmt` would change nothing in modules and roots."""
    for folder in ("terraform", "generated"):
        done = run(program, ROOT / folder, "fmt", "-check", "-recursive", "-diff")
        assert 0 == done.returncode, done.stdout


@pytest.fixture(scope="module")
def judged(
    program: list[str], shared: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, Future[list[Done]]]]:
    """Return what Terraform says of every module, two of them at a time."""
    copy = tmp_path_factory.mktemp("modules")
    copied(copy, "terraform")

    def judge(module: str) -> list[Done]:
        folder = copy / "terraform/modules" / module
        made_ready(program, folder)
        variables = {} if configures(folder) else shared
        words = ("validate", "test")
        return [run(program, folder, word, "-no-color", **variables) for word in words]

    with ThreadPoolExecutor(2) as two:
        yield {module: two.submit(judge, module) for module in MODULES}


def configures(module: Path) -> bool:
    """Tell whether a module's tests set the real provider up, which then must be their own."""
    tests = (path.read_text() for path in module.glob("tests/*.tftest.hcl"))
    return any(re.search(r'^provider "aws"', text, re.M) for text in tests)


@pytest.mark.parametrize("module", MODULES)
def test_modules_pass_their_own_tests(judged: dict[str, Future[list[Done]]], module: str) -> None:
    """Every module is valid, has tests, and they pass with a mocked provider."""
    valid, tested = judged[module].result()
    assert 0 == valid.returncode, valid.stdout + valid.stderr
    assert 0 == tested.returncode, tested.stdout + tested.stderr
    passed = re.search(r"Success! (\d+) passed, 0 failed", tested.stdout)
    assert passed, tested.stdout
    assert int(passed[1]) >= 3


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_roots_are_valid(
    program: list[str], shared: dict[str, str], environment: str, tmp_path: Path
) -> None:
    """What is rendered for an environment fits the modules."""
    folder = copied(tmp_path, f"generated/{environment}/terraform")
    made_ready(program, folder)
    valid = run(program, folder, "validate", "-no-color", **shared)
    assert 0 == valid.returncode, valid.stdout + valid.stderr


def test_a_root_that_does_not_fit_is_found(
    program: list[str], shared: dict[str, str], tmp_path: Path
) -> None:
    """Negative control: a value that a module does not know is refused."""
    folder = copied(tmp_path, f"generated/{ENVIRONMENTS[0]}/terraform")
    main = folder / "main.tf"
    main.write_text(re.sub(r"^  nat +=", "  gnat =", main.read_text(), flags=re.M))
    made_ready(program, folder)
    done = run(program, folder, "validate", "-no-color", **shared)
    assert 0 != done.returncode
    assert 'An argument named "gnat" is not expected here' in done.stderr


@pytest.mark.parametrize("module", MODULES)
def test_modules_have_the_same_parts(module: str) -> None:
    """Four files, a page, an example and tests; every input and output is described."""
    folder = ROOT / "terraform/modules" / module
    assert [] == [name for name in (*FOUR, "README.md") if not (folder / name).is_file()]
    assert list(folder.glob("examples/*/main.tf"))
    assert list(folder.glob("tests/*.tftest.hcl"))
    for name in ("variables.tf", "outputs.tf"):
        blocks = re.split(r'^(?:variable|output) "', (folder / name).read_text(), flags=re.M)[1:]
        undescribed = [each.split('"')[0] for each in blocks if "description" not in each]
        assert [] == undescribed
    page = (folder / "README.md").read_text()
    inputs = re.findall(r'^(?:variable|output) "(\w+)"', _inputs(folder), flags=re.M)
    assert [] == [name for name in inputs if f"`{name}`" not in page]


def _inputs(folder: Path) -> str:
    return (folder / "variables.tf").read_text() + (folder / "outputs.tf").read_text()


def test_no_module_knows_the_simulator() -> None:
    """Modules are written for AWS; the word for anything else does not occur."""
    files = (ROOT / "terraform/modules").glob("*/*.tf")
    found = [path for path in files if re.search(r"moto|simulat", path.read_text(), re.I)]
    assert [] == found


def test_few_checks_are_skipped_and_each_has_a_reason() -> None:
    """At most five skips in all modules, each with a reason and an owner."""
    files = (ROOT / "terraform/modules").rglob("*.tf")
    skips = re.findall(r"checkov:skip=(.*)", "\n".join(path.read_text() for path in files))
    assert len(skips) <= 5, skips
    assert [] == [skip for skip in skips if not re.fullmatch(r"CKV\w+:.{20,}; owner: \S+", skip)]


WILDCARD = re.compile(r'(?<=[=\[] )"\*"|"\*"(?=\])|"[a-z0-9-]+:(\*|[A-Za-z]+\*)"')
REASON_WITHIN = 16
"""Lines above a wildcard within which the comment that gives its reason stands."""


def unreasoned(text: str) -> list[str]:
    """Return the lines that allow everything, or a family of actions, and give no reason.

    The reason is a comment close above, or one further up that names the same wildcard.
    """
    lines = text.splitlines()
    found = []
    for index, line in enumerate(lines):
        wild = WILDCARD.search(line)
        effects = re.findall(r'"(Allow|Deny)"', "\n".join(lines[max(0, index - 12) : index]))
        if not wild or effects[-1:] == ["Deny"]:
            continue
        comments = [each.strip().startswith("#") for each in lines[:index]]
        named = [lines[at] for at, is_comment in enumerate(comments) if is_comment]
        name = wild[0].split(":")[-1].strip('"')
        if not any(comments[-REASON_WITHIN:]) and not any(name in each for each in named):
            found.append(line.strip())
    return found


def test_every_wildcard_of_a_right_has_its_reason() -> None:
    """A policy that names no single thing, or a family of actions, says why above it."""
    files = (ROOT / "terraform/modules").glob("*/*.tf")
    found = {
        str(path.relative_to(ROOT)): lines
        for path in files
        if (lines := unreasoned(path.read_text()))
    }
    assert {} == found


def test_a_wildcard_without_a_reason_is_found() -> None:
    """Negative control: the same lines without their comment."""
    assert ['Resource = "*"'] == unreasoned('statement = {\n  Resource = "*"\n}')
    assert ['Action = ["s3:*"]'] == unreasoned('Action = ["s3:*"]')
    assert [] == unreasoned('# AWS knows no narrower right.\nResource = "*"')
