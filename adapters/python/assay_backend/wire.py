"""Just enough of the protobuf wire format, without a dependency."""

import struct

VARINT, FIXED64, BYTES, FIXED32 = 0, 1, 2, 5


class WireError(Exception):
    """The bytes are no protobuf message."""


def _read_varint(data, at):
    result = shift = 0
    while True:
        if at >= len(data) or shift > 63:
            raise WireError(f"byte {at}: a number without an end")
        byte = data[at]
        at += 1
        result |= (byte & 0x7F) << shift
        if byte < 0x80:
            return result & 0xFFFFFFFFFFFFFFFF, at
        shift += 7


def _read_field(data, at):
    tag, at = _read_varint(data, at)
    number, kind = tag >> 3, tag & 7
    if kind == VARINT:
        value, at = _read_varint(data, at)
        return number, kind, value, at
    if kind == BYTES:
        length, at = _read_varint(data, at)
    elif kind == FIXED64:
        length = 8
    elif kind == FIXED32:
        length = 4
    else:
        raise WireError(f"byte {at}: wire type {kind}")
    end = at + length
    if end > len(data):
        raise WireError(f"byte {at}: a field of {length} bytes beyond the end")
    return number, kind, data[at:end], end


def fields(data):
    """Yields (field number, wire type, value) of each field.

    A value is an int for varints and a memoryview of the bytes for all others.
    """
    data = memoryview(data)
    at = 0
    while at < len(data):
        number, kind, value, at = _read_field(data, at)
        yield number, kind, value


def signed(value):
    """A 64-bit varint as the signed integer it stands for."""
    return value - (1 << 64) if value >= 1 << 63 else value


def integers(kind, value):
    """The signed integers of a repeated field, whether it is packed or not."""
    if kind == VARINT:
        return [signed(value)]
    result, at = [], 0
    while at < len(value):
        number, at = _read_varint(value, at)
        result.append(signed(number))
    return result


def fixed(kind, value, code):
    """The numbers of a repeated float ("f") or double ("d") field, packed or not."""
    del kind
    size = struct.calcsize(code)
    if len(value) % size:
        raise WireError(f"{len(value)} bytes of numbers that take {size} each")
    return list(struct.unpack(f"<{len(value) // size}{code}", value))


def text(value):
    """A string field."""
    return bytes(value).decode("utf-8")


def _varint(value):
    value &= 0xFFFFFFFFFFFFFFFF
    result = bytearray()
    while value >= 0x80:
        result.append(value & 0x7F | 0x80)
        value >>= 7
    result.append(value)
    return bytes(result)


class Writer:
    """Builds a message. Fields that hold their default are left out, as proto3 does."""

    def __init__(self):
        self._parts = []

    def varint(self, number, value):
        if value:
            self._parts.append(_varint(number << 3 | VARINT) + _varint(int(value)))

    def bytes(self, number, value, keep_empty=False):
        if len(value) or keep_empty:
            self._parts.append(_varint(number << 3 | BYTES) + _varint(len(value)))
            self._parts.append(value)

    def text(self, number, value):
        self.bytes(number, value.encode("utf-8", "replace"))

    def packed(self, number, values):
        self.bytes(number, b"".join(_varint(value) for value in values))

    def message(self, number, writer):
        """A message, present even when it is empty."""
        self.bytes(number, writer.finish(), keep_empty=True)

    def finish(self):
        return b"".join(self._parts)
