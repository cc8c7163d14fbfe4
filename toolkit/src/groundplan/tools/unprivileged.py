"""Starts a program as somebody who is not root, which PostgreSQL refuses to be.

`python unprivileged.py --data DIR [--give PATH]... PROGRAM ARGUMENT...`. In a user namespace
of its own root's files stay its own while it sees itself as an ordinary user. Where
namespaces are forbidden, as in many containers, it becomes `nobody` after the paths in
`--give` were handed over. Linux only; imports little, because it stands between every start
of the database and the database.
"""

import os
import sys

USER = 1000
CLONE_NEWUSER = 0x10000000
TRAVERSABLE = 0o011


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


def become_nobody(data: str, given: list[str]) -> None:
    """Hand paths over to `nobody`, make the way to them passable, and become that user."""
    import pwd

    user = pwd.getpwnam("nobody")
    for path in given:
        for folder, _, files in os.walk(path):
            for name in ("", *files):
                os.chown(os.path.join(folder, name), user.pw_uid, user.pw_gid)
        if os.path.isfile(path):
            os.chown(path, user.pw_uid, user.pw_gid)
        while path != data and path.startswith(data):
            path = os.path.dirname(path)
            os.chmod(path, os.stat(path).st_mode | TRAVERSABLE)
    os.setgroups([])
    os.setgid(user.pw_gid)
    os.setuid(user.pw_uid)


def main() -> None:
    """Leave root behind and become the program."""
    words, data, given = sys.argv[1:], "", []
    while words[0] in ("--data", "--give"):
        option, value, *words = words
        if option == "--data":
            data = value
        else:
            given.append(value)
    try:
        leave_root()
    except OSError:
        if os.path.basename(words[0]) == "nginx":
            words += ["-g", "user root;"]
        else:
            become_nobody(data, given)
    os.execv(words[0], words)


if __name__ == "__main__":
    main()
