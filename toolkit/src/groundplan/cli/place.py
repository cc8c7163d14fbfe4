"""Words that every command about a run has: which platform file, which data folder."""

import argparse
from pathlib import Path

from groundplan.model.folders import Folders
from groundplan.runner import folders

FOLDER = ".groundplan"
ROOT = Path(__file__).resolve().parents[4]
"""The repository."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the words."""
    parser.add_argument("--file", default="platform.yaml", help="the platform file")
    parser.add_argument("--environment", default="local", help="which environment of the file")
    parser.add_argument(
        "--data", type=Path, help=f"folder of all data (default: {FOLDER}/ENVIRONMENT by the file)"
    )


def find(arguments: argparse.Namespace) -> Folders:
    """Return the folders of the run that the words name."""
    source = Path(arguments.file).absolute().parent
    data = arguments.data or source / FOLDER / arguments.environment
    return folders.locate(data, source)
