"""Logs that components write into files, followed line by line."""
