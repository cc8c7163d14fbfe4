"""Takes a picture of every page of the console: `./run test --screens [FOLDER]`.

Each page at three widths, light and dark, with data and without. Starts a platform of its own and
removes it, or takes a running one by `--url` and `--credentials`; fills it through the API. Prints
the pictures' paths, one a line.
"""

import argparse
import json
import re
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import console_pages
import filling
from playwright.sync_api import BrowserContext, Page, expect

REPOSITORY: Final = Path(__file__).resolve().parents[2]
FOLDER: Final = REPOSITORY / ".groundplan" / "screens"
WIDTHS: Final = (390, 820, 1440)
HEIGHT: Final = 900


def main(words: list[str]) -> int:
    """Take the pictures and return 0; 3 where a browser is missing."""
    arguments = _parser().parse_args(words)
    if console_pages.executable() is None:
        print("no Chromium on this machine: install the package chromium", file=sys.stderr)
        return 3
    if arguments.url:
        shoot(arguments.folder, arguments.url.rstrip("/"), _read(arguments.credentials))
        return 0
    with _platform() as (url, credentials):
        shoot(arguments.folder, url, credentials)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="./run test --screens", description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=FOLDER, help="for the pictures")
    parser.add_argument("--url", help="the origin of a platform that runs already")
    parser.add_argument("--credentials", type=Path, help="the file of its administrator")
    return parser


def _read(file: Path) -> Mapping[str, str]:
    found: Mapping[str, str] = json.loads(file.read_text())
    return found


@contextmanager
def _platform() -> Iterator[tuple[str, Mapping[str, str]]]:
    """Run a platform for the block; it is removed whatever happens."""
    with tempfile.TemporaryDirectory(prefix="screens-") as data:
        run = [str(REPOSITORY / "run")]
        place = ["--data", data]
        try:
            up = [*run, "up", "--detach", *place, "--port-base", str(_free_port())]
            subprocess.run(up, check=True, stdout=sys.stderr)
            status = subprocess.run(
                [*run, "status", "--json", *place], check=True, capture_output=True, text=True
            )
            told = json.loads(status.stdout)
            yield told["url"].rstrip("/"), _read(Path(told["credentials_file"]))
        finally:
            subprocess.run([*run, "down", *place], check=False, stdout=sys.stderr)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def shoot(folder: Path, url: str, credentials: Mapping[str, str]) -> None:
    """Fill the platform at an origin and take every picture of it."""
    email, password = credentials["email"], credentials["password"]
    filled = filling.fill(url, email, password)
    pages = {_name(path): path for path in console_pages.PAGES}
    with console_pages.launched() as browser:
        for kind, shown in (("data", {**pages, **filled.pages}), ("empty", pages)):
            with browser.new_context(base_url=url, ignore_https_errors=True) as context:
                _shoot_signed_out(folder / kind, context)
                console_pages.remember_sign_in(context, url, email, password)
                if kind == "empty":
                    console_pages.emptied(context)
                _shoot_all(folder / kind, context, shown)


def _name(path: str) -> str:
    return re.sub(r"[/?=]+", "-", path.strip("/")) or "overview"


def _shoot_signed_out(folder: Path, context: BrowserContext) -> None:
    page = context.new_page()
    page.goto("/")
    expect(page.get_by_label("Email")).to_be_visible()
    _picture(folder, page, "sign-in")
    page.close()


def _shoot_all(folder: Path, context: BrowserContext, pages: Mapping[str, str]) -> None:
    page = context.new_page()
    page.goto("/")
    console_pages.drawn(page)
    for name, path in pages.items():
        console_pages.go(page, path)
        _picture(folder, page, name)
    page.close()


def _picture(folder: Path, page: Page, name: str) -> None:
    """Take a page at every width, light and dark."""
    for scheme in console_pages.SCHEMES:
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": HEIGHT})
            file = folder / f"{name}-{width}-{scheme}.png"
            page.screenshot(path=file, full_page=True, animations="disabled")
            print(file, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
