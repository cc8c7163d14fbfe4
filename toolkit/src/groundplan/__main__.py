"""`python -m groundplan`: what ./run calls."""

import sys

from groundplan.cli.main import main

sys.exit(main())
