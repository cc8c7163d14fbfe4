"""A service's packages are installed once, and again when they change."""

from groundplan.model.process import Installation
from groundplan.runner import command, installation


def _wanted(tmp_path, *requirements: str) -> Installation:
    return Installation("notes", requirements, str(tmp_path), str(tmp_path / "data" / "venv"))


async def test_it_is_installed_once(tmp_path, monkeypatch):
    """The second start does no work; other packages are installed anew."""
    ran: list[str] = []

    async def run(arguments, **_: object) -> None:
        ran.append(" ".join(arguments))
        (tmp_path / "data" / "venv").mkdir(parents=True, exist_ok=True)

    monkeypatch.setattr(command, "run", run)
    wanted = _wanted(tmp_path, "flask==3.1.0")
    await installation.install(wanted, lambda _: None)
    first = len(ran)
    await installation.install(wanted, lambda _: None)
    assert first == len(ran)
    assert "flask==3.1.0" in ran[-1]
    assert "granian==" in ran[-1]
    await installation.install(_wanted(tmp_path, "flask==3.1.1"), lambda _: None)
    assert len(ran) > first


def test_a_list_of_packages_counts_with_its_text(tmp_path):
    """A changed requirements file is other packages."""
    (tmp_path / "requirements.txt").write_text("flask==3.1.0\n")
    wanted = _wanted(tmp_path, "-r requirements.txt")
    before = installation.digest_of(wanted)
    (tmp_path / "requirements.txt").write_text("flask==3.1.1\n")
    assert before != installation.digest_of(wanted)
