"""platform.yaml becomes the model, as a list of named steps; all problems come together.

Every key and value keeps its file, line and column until the model is decided.
"""

from groundplan.loader.check import Checked, check
from groundplan.loader.load import environments, load

__all__ = ["Checked", "check", "environments", "load"]
