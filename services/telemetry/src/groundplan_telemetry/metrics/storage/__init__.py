"""Samples on disk, within bounds: a head in memory with a journal, and blocks of two hours."""
