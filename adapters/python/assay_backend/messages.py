"""The ONNX messages of values: TensorProto, SequenceProto, OptionalProto, MapProto."""

import struct

from . import wire
from .errors import InvalidInput, MalformedOutput
from .values import (
    ElementType,
    Map,
    Optional,
    Sequence,
    Tensor,
    element_count,
    inner_type,
    pack,
    type_string,
)

TENSOR, SEQUENCE, OPTIONAL, MAP = 1, 2, 3, 4

# The repeated fields that hold elements in place of raw_data, by element type.
_FLOAT_DATA, _INT32_DATA, _STRING_DATA, _INT64_DATA, _DOUBLE_DATA, _UINT64_DATA = 4, 5, 6, 7, 10, 11


# ---- Reading -----------------------------------------------------------------------------------


def read_value(kind, message, type_text):
    """A value from its message; `type_text` is needed where the message does not say enough."""
    if kind == TENSOR:
        return read_tensor(message)
    if kind == SEQUENCE:
        return _read_sequence(message, type_text)
    if kind == OPTIONAL:
        return _read_optional(message, type_text)
    if kind == MAP:
        return _read_map(message, type_text)
    raise InvalidInput(f"unknown kind of value {kind}")


def read_tensor(message):
    """A `Tensor` from the bytes of a TensorProto, whichever field holds the elements."""
    shape, element_type, raw, strings, numbers = [], 0, None, [], []
    for number, kind, value in wire.fields(message):
        if number == 1:
            shape += wire.integers(kind, value)
        elif number == 2:
            element_type = value
        elif number == 9:
            raw = bytes(value)
        elif number == _STRING_DATA:
            strings.append(wire.text(value))
        elif number in (_INT32_DATA, _INT64_DATA, _UINT64_DATA):
            numbers += wire.integers(kind, value)
        elif number == _FLOAT_DATA:
            numbers += wire.fixed(kind, value, "f")
        elif number == _DOUBLE_DATA:
            numbers += wire.fixed(kind, value, "d")
    return _checked(element_type, tuple(shape), raw, strings, numbers)


def _checked(number, shape, raw, strings, numbers):
    try:
        element_type = ElementType(number)
    except ValueError:
        raise InvalidInput(f"unknown element type {number}") from None
    if any(dimension < 0 for dimension in shape):
        raise InvalidInput(f"negative dimension in {shape}")
    count = element_count(shape)
    if element_type == ElementType.STRING:
        found, expected = len(strings), count
    else:
        if raw is None:
            raw = _raw(element_type, numbers)
        found, expected = len(raw), element_type.byte_count(count)
    if found != expected:
        raise InvalidInput(f"{found} instead of {expected} bytes or strings for shape {shape}")
    return Tensor(element_type, shape, raw or b"", strings)


def _raw(element_type, numbers):
    """Elements of the typed fields as packed bytes."""
    if element_type in (ElementType.FLOAT, ElementType.COMPLEX64):
        return struct.pack(f"<{len(numbers)}f", *numbers)
    if element_type in (ElementType.DOUBLE, ElementType.COMPLEX128):
        return struct.pack(f"<{len(numbers)}d", *numbers)
    if element_type.bits == 6:
        return pack(numbers, 6)
    # Narrower types keep one packed byte in each number.
    size = max(1, element_type.bits // 8)
    mask = (1 << 8 * size) - 1
    return b"".join((int(number) & mask).to_bytes(size, "little") for number in numbers)


# Field numbers of SequenceProto and of OptionalProto, by kind of value.
_SEQUENCE_FIELDS = {3: TENSOR, 5: SEQUENCE, 6: MAP, 7: OPTIONAL}
_OPTIONAL_FIELDS = {3: TENSOR, 5: SEQUENCE, 6: MAP, 7: OPTIONAL}


def _read_sequence(message, type_text):
    element = inner_type(type_text, "seq") or ""
    values = [
        read_value(_SEQUENCE_FIELDS[number], value, element)
        for number, _, value in wire.fields(message)
        if number in _SEQUENCE_FIELDS
    ]
    return Sequence(values, element or (type_string(values[0]) if values else ""))


def _read_optional(message, type_text):
    content = inner_type(type_text, "optional") or ""
    for number, _, value in wire.fields(message):
        if number in _OPTIONAL_FIELDS:
            present = read_value(_OPTIONAL_FIELDS[number], value, content)
            return Optional(present, content or type_string(present))
    return Optional(None, content)


def _read_map(message, type_text):
    key_type, keys, strings, values = 0, [], [], b""
    for number, kind, value in wire.fields(message):
        if number == 2:
            key_type = value
        elif number == 3:
            keys += wire.integers(kind, value)
        elif number == 4:
            strings.append(wire.text(value))
        elif number == 5:
            values = value
    inner = inner_type(type_text, "map") or ""
    value_type = inner.partition(",")[2].strip()
    sequence = _read_sequence(values, f"seq({value_type})")
    if key_type == ElementType.STRING:
        key_tensor = Tensor.of(ElementType.STRING, (len(strings),), strings)
    else:
        kind = ElementType(key_type)
        key_tensor = Tensor(kind, (len(keys),), _raw(kind, keys))
    return Map(key_tensor, sequence.values, value_type or sequence.type)


# ---- Writing -----------------------------------------------------------------------------------


def write_value(value):
    """(kind, message bytes, type string) of a value."""
    if isinstance(value, Tensor):
        return TENSOR, write_tensor(value), ""
    if isinstance(value, Sequence):
        return SEQUENCE, _write_sequence(value), type_string(value)
    if isinstance(value, Optional):
        return OPTIONAL, _write_optional(value), type_string(value)
    if isinstance(value, Map):
        return MAP, _write_map(value), type_string(value)
    raise MalformedOutput(f"{type(value).__name__} is no value")


def write_tensor(tensor):
    """The bytes of a TensorProto with raw_data or string_data."""
    count = element_count(tensor.shape)
    expected = count if tensor.type == ElementType.STRING else tensor.type.byte_count(count)
    found = len(tensor.strings) if tensor.type == ElementType.STRING else len(tensor.bytes)
    if found != expected:
        raise MalformedOutput(f"{found} bytes or strings, shape {tensor.shape} takes {expected}")
    writer = wire.Writer()
    writer.packed(1, [int(dimension) for dimension in tensor.shape])
    writer.varint(2, tensor.type)
    for string in tensor.strings:
        writer.bytes(_STRING_DATA, string.encode("utf-8"), keep_empty=True)
    writer.bytes(9, tensor.bytes)
    return writer.finish()


def _write_sequence(sequence):
    writer = wire.Writer()
    for value in sequence.values:
        kind, message, _ = write_value(value)
        if type_string(value) != sequence.type:
            raise MalformedOutput(f"{type_string(value)} in a sequence of {sequence.type}")
        writer.bytes({TENSOR: 3, SEQUENCE: 5, MAP: 6, OPTIONAL: 7}[kind], message, keep_empty=True)
    return _with_element_kind(writer, sequence.values)


def _write_optional(optional):
    writer = wire.Writer()
    if optional.value is None:
        return writer.finish()
    kind, message, _ = write_value(optional.value)
    writer.bytes({TENSOR: 3, SEQUENCE: 5, MAP: 6, OPTIONAL: 7}[kind], message, keep_empty=True)
    return _with_element_kind(writer, [optional.value])


def _with_element_kind(writer, values):
    """Adds field 2, the kind of the elements: 1 tensor, 3 sequence, 4 map, 5 optional."""
    if values:
        kind = {Tensor: 1, Sequence: 3, Map: 4, Optional: 5}[type(values[0])]
        writer.varint(2, kind)
    return writer.finish()


def _write_map(value):
    writer = wire.Writer()
    writer.varint(2, value.keys.type)
    if value.keys.type == ElementType.STRING:
        for key in value.keys.strings:
            writer.bytes(4, key.encode("utf-8"), keep_empty=True)
    else:
        writer.packed(3, value.keys.values())
    writer.bytes(5, _write_sequence(Sequence(value.values, value.type)), keep_empty=True)
    return writer.finish()
