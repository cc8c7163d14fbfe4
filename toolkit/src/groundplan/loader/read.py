"""The first step: a path becomes the text of the file."""

from pathlib import Path

from groundplan.errors import PlatformFileError, Problem
from groundplan.loader.code import Code

LARGEST = 1 << 20


def read(path: Path, shown: str) -> str:
    """Return the text of a platform file.

    Args:
        path: where it is.
        shown: how problems name it.

    Raises:
        PlatformFileError: it cannot be read, is too large or is not UTF-8.
    """
    content = _content(path, shown)
    if len(content) > LARGEST:
        raise _refused(shown, "must be at most 1 MiB, is larger", Code.TOO_LARGE)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise PlatformFileError([_not_text(shown, content, error)]) from None


def _content(path: Path, shown: str) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(LARGEST + 1)
    except FileNotFoundError:
        hint = "name another with --file, or begin one with the single line `extends: reference`"
        raise _refused(shown, "there is no such file", Code.UNREADABLE, hint) from None
    except IsADirectoryError:
        hint = f"name the file in it, such as --file {shown.rstrip('/')}/platform.yaml"
        raise _refused(shown, "is a folder, not a file", Code.UNREADABLE, hint) from None
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else str(error)
        raise _refused(shown, f"cannot be read: {why}", Code.UNREADABLE) from None


def _not_text(shown: str, content: bytes, error: UnicodeDecodeError) -> Problem:
    before = content[: error.start]
    line = before.count(b"\n") + 1
    column = len(before) - (before.rfind(b"\n") + 1) + 1
    wrong = f"must be UTF-8 text, but byte 0x{content[error.start]:02x} is not"
    return Problem(shown, line, column, "", wrong, "save the file as UTF-8", Code.NOT_TEXT)


def _refused(shown: str, message: str, code: Code, hint: str = "") -> PlatformFileError:
    return PlatformFileError([Problem(shown, 0, 0, "", message, hint, code)])
