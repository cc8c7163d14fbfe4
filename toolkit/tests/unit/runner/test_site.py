"""The console is built once, from exactly the files that stand there."""

import os
import stat

import pytest

from groundplan.errors import ToolError
from groundplan.runner import site

NPM = """#!/bin/sh
echo "$@" >> "$CALLS"
case "$*" in
  run\\ build*) mkdir -p dist.new && echo page > dist.new/index.html ;;
  ci*) mkdir -p node_modules && touch node_modules/.package-lock.json ;;
esac
exit ${NPM_EXIT:-0}
"""


@pytest.fixture
def frontend(tmp_path, monkeypatch):
    """Return a small console, with an npm on PATH that only notes what it is asked for."""
    folder, tools = tmp_path / "frontend", tmp_path / "bin"
    (folder / "src").mkdir(parents=True)
    tools.mkdir()
    (folder / "package.json").write_text("{}")
    (folder / "package-lock.json").write_text("{}")
    (folder / "src" / "main.tsx").write_text("hello")
    npm = tools / "npm"
    npm.write_text(NPM)
    npm.chmod(npm.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{tools}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("CALLS", str(tmp_path / "calls"))
    monkeypatch.setattr(site, "_settings", lambda _: dict(os.environ))
    (tmp_path / "calls").touch()
    return folder


def _calls(frontend) -> list[str]:
    return [line.split()[0] for line in (frontend.parent / "calls").read_text().splitlines()]


def _silent(_: str) -> None:
    return


async def test_it_is_built_once(frontend):
    """The second time nothing is done."""
    await site.build(frontend, _silent)
    await site.build(frontend, _silent)
    assert ["ci", "run"] == _calls(frontend)
    assert "page\n" == (frontend / "dist" / "index.html").read_text()


async def test_a_change_is_built_without_installing_again(frontend):
    """Another source means another build; packages stay as long as their lock does."""
    await site.build(frontend, _silent)
    (frontend / "src" / "main.tsx").write_text("changed")
    await site.build(frontend, _silent)
    assert ["ci", "run", "run"] == _calls(frontend)


async def test_tests_do_not_make_the_console_stale(frontend):
    """What is not part of the console does not count."""
    await site.build(frontend, _silent)
    (frontend / "src" / "main.test.tsx").write_text("a test")
    await site.build(frontend, _silent)
    assert ["ci", "run"] == _calls(frontend)


async def test_a_failed_build_leaves_the_old_console(frontend, monkeypatch):
    """The error tells the reason, and what was served is still there."""
    await site.build(frontend, _silent)
    (frontend / "src" / "main.tsx").write_text("broken")
    monkeypatch.setenv("NPM_EXIT", "1")
    with pytest.raises(ToolError, match="npm failed with code 1"):
        await site.build(frontend, _silent)
    assert "page\n" == (frontend / "dist" / "index.html").read_text()


async def test_a_missing_console_is_named(tmp_path):
    """Without its sources there is an error, not a traceback."""
    with pytest.raises(ToolError, match="there is no console"):
        await site.build(tmp_path, _silent)


def test_the_link_follows_the_console(tmp_path):
    """The link is made, kept, and led anew when the console stands elsewhere."""
    place = tmp_path / "site"
    for folder in ("one", "one", "two"):
        site.link(tmp_path / folder, place)
        assert tmp_path / folder == place.readlink()
