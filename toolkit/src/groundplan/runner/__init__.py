"""Runs a platform on this machine: one supervisor a data folder, the command line its client.

`start` and `client` are what the command line uses; `supervisor` is the process behind them.
"""
