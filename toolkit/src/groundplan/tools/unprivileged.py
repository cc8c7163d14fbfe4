"""Starts a program as somebody who is not root: `python unprivileged.py PROGRAM ARGUMENT...`.

PostgreSQL refuses to run as root. In a user namespace of its own, root's files stay its own
while it sees itself as an ordinary user. Linux only; imports little, because it stands
between every start of the database and the database.
"""

import os
import sys

USER = 1000
CLONE_NEWUSER = 0x10000000


def leave_root() -> None:
    """Map this process' user to an ordinary one in a new user namespace.

    Raises:
        OSError: the kernel or its settings forbid user namespaces.
    """
    import ctypes

    uid, gid = os.getuid(), os.getgid()
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(CLONE_NEWUSER) != 0:
        raise OSError(ctypes.get_errno(), "user namespaces are not allowed here")
    for path, text in (
        ("/proc/self/setgroups", "deny"),
        ("/proc/self/uid_map", f"{USER} {uid} 1"),
        ("/proc/self/gid_map", f"{USER} {gid} 1"),
    ):
        with open(path, "w") as file:
            file.write(text)


def main() -> None:
    """Leave root behind and become the program."""
    leave_root()
    os.execv(sys.argv[1], sys.argv[1:])  # noqa: S606 - a program and its words, no shell


if __name__ == "__main__":
    main()
