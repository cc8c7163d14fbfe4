"""A simulated AWS account in a process of its own: moto, and the operations that moto lacks.

`python -m groundplan.cloud.simulator` serves it. `extensions` declares what is ours, imports
nothing from outside and may be read anywhere; everything else runs in the simulator's own
virtual environment and is imported by `__main__` only.
"""
