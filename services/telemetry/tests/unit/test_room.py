"""Every room does what the application expects of one."""

import inspect

from groundplan_telemetry.intake.room import Intake
from groundplan_telemetry.metrics.room import Metrics
from groundplan_telemetry.room import Room


def test_all_rooms_are_whole():
    """Whatever a room must do, each of them does, with the same arguments."""
    for name, wanted in inspect.getmembers(Room, inspect.isfunction):
        for room in (Intake, Metrics):
            if not name.startswith("_"):
                found = getattr(room, name)
                assert inspect.signature(wanted).parameters == inspect.signature(found).parameters
                assert inspect.iscoroutinefunction(wanted) == inspect.iscoroutinefunction(found)
