import json

import structlog

from groundplan_gateway import log


def test_a_line_is_one_object(capfdbinary):
    """An event is one line of JSON that names its service and replica."""
    log.configure("info", "2")
    structlog.get_logger().info("check.refused", code="forbidden", path='a"b\n')
    (line,) = capfdbinary.readouterr().out.splitlines()
    written = json.loads(line)
    assert ("authz", "2", "info") == (written["component"], written["replica"], written["level"])
    assert ("check.refused", 'a"b\n') == (written["message"], written["path"])
    structlog.reset_defaults()


def test_the_level_is_kept(capfdbinary):
    """What is below the level is not written."""
    log.configure("warning", "1")
    structlog.get_logger().info("quiet")
    assert b"" == capfdbinary.readouterr().out
    structlog.reset_defaults()
