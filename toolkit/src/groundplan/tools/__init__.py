"""The outside programs: where they stand, which version they are; nobody else looks for one.

Each module finds one program, on PATH where it is new enough, else in an installed wheel.
"""
