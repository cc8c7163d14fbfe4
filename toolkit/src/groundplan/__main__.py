"""`python -m groundplan`: what ./run calls."""

import signal
import sys

from groundplan.cli.main import main

code = main()
# The command is done; an interrupt while Python tidies up would make it look like a crash.
signal.signal(signal.SIGINT, signal.SIG_IGN)
sys.exit(code)
