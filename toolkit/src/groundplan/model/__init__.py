"""The platform, decided: frozen, typed values without I/O that know nobody outside this folder.

The loader makes them, the targets turn them into files, the runner into processes.
"""
