"""A small server that can be told to misbehave: `server.py PORT [crash|hang|child|stubborn]`.

It ends with whoever started it, so that a killed test leaves nothing behind; `lasting` says
that it must outlive its parent.
"""

import ctypes
import http.server
import os
import signal
import subprocess
import sys
import time


class Handler(http.server.BaseHTTPRequestHandler):
    """Answers every path, the slow one slowly."""

    def do_GET(self) -> None:
        """Say so."""
        if self.path == "/slow":
            time.sleep(0.5)
        if self.path == "/hang":
            os.kill(os.getpid(), signal.SIGSTOP)
        self.send_response(200)
        self.send_header("content-length", "3")
        self.end_headers()
        self.wfile.write(b"ok\n")

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def main() -> None:
    """Serve, or misbehave."""
    port, words = int(sys.argv[1]), sys.argv[2:]
    if "lasting" not in words:
        ctypes.CDLL(None).prctl(1, signal.SIGKILL)
    if "crash" in words:
        sys.exit("no such table: users")
    if "child" in words:
        subprocess.Popen(["sleep", "60"])
    if "stubborn" in words:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
    http.server.ThreadingHTTPServer(("127.0.0.1", port), Handler).serve_forever()


main()
