"""Groundplan: an architecture that you can run, ship and prove, from one `platform.yaml`."""

__version__ = "0.1.0"
