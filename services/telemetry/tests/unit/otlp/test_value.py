"""Values are the same whether they came as JSON or as protobuf, and have bounds."""

import msgspec
import pytest
from google.protobuf import json_format
from opentelemetry.proto.common.v1.common_pb2 import KeyValueList

from groundplan_telemetry.otlp import value

PAIRS = [
    {"key": "text", "value": {"stringValue": "a"}},
    {"key": "truth", "value": {"boolValue": False}},
    {"key": "number", "value": {"intValue": "9007199254740993"}},
    {"key": "part", "value": {"doubleValue": 0.5}},
    {"key": "list", "value": {"arrayValue": {"values": [{"intValue": "1"}, {"boolValue": True}]}}},
    {"key": "object", "value": {"kvlistValue": {"values": [
        {"key": "a", "value": {"stringValue": "b"}}]}}},
    {"key": "nothing", "value": {}},
]  # fmt: skip
PLAIN = {
    "text": "a", "truth": False, "number": 9007199254740993, "part": 0.5, "list": [1, True],
    "object": {"a": "b"}, "nothing": None,
}  # fmt: skip


def test_json_and_protobuf_mean_the_same():
    """Every kind of value is read from both."""
    written = msgspec.convert(PAIRS, list[value.KeyValue])
    assert PLAIN == value.attributes_of_json(written)
    message = json_format.ParseDict({"values": PAIRS}, KeyValueList())
    assert PLAIN == value.attributes_of_protobuf(message.values)


def test_bytes_are_readable():
    """Bytes become text: as they came in JSON, in hexadecimal from protobuf."""
    assert "AQ==" == value.of_json(value.AnyValue(bytesValue="AQ=="))
    message = KeyValueList()
    message.values.add(key="a").value.bytes_value = b"\x01"
    assert {"a": "01"} == value.attributes_of_protobuf(message.values)


@pytest.mark.parametrize("length", [10, value.LONGEST, value.LONGEST + 1])
def test_long_texts_are_cut(length):
    """A text that was cut says so at its end."""
    found = value.cut("x" * length)
    assert min(length, value.LONGEST + 1) == len(found)
    assert found.endswith(value.CUT) == (length > value.LONGEST)


def test_more_attributes_than_bounds_allow_are_left_out():
    """One record cannot fill the store."""
    pair = value.AnyValue(stringValue="x")
    many = [value.KeyValue(str(number), pair) for number in range(value.MOST + 5)]
    assert value.MOST == len(value.attributes_of_json(many))
    message = KeyValueList()
    for number in range(value.MOST + 5):
        message.values.add(key=str(number))
    assert value.MOST == len(value.attributes_of_protobuf(message.values))


@pytest.mark.parametrize("written", [str(1 << 63), "9" * 40, str(-(1 << 63) - 1)])
def test_a_number_that_no_database_holds_is_refused(written):
    """One number of a stranger must not cost a batch of others."""
    with pytest.raises(ValueError, match="64 bits"):
        value.of_json(value.AnyValue(intValue=written))
    assert (1 << 63) - 1 == value.of_json(value.AnyValue(intValue=str((1 << 63) - 1)))


def test_names_and_bytes_are_cut_too():
    """Nothing of a record is longer than a text may be."""
    long = "x" * (value.LONGEST + 1)
    written = [value.KeyValue(long, value.AnyValue(bytesValue=long))]
    message = KeyValueList()
    message.values.add(key=long).value.bytes_value = long.encode()
    for found in (value.attributes_of_json(written), value.attributes_of_protobuf(message.values)):
        ((key, text),) = found.items()
        assert (value.LONGEST, value.LONGEST + 1) == (len(key), len(text))
