"""ONNX values in Python, and their messages.

Tensors keep the packed little-endian bytes that ONNX defines, so that nothing is lost for types
that numpy does not have. `Tensor.numpy()` and `from_numpy` convert where numpy is installed.
"""

import enum
import struct
from dataclasses import dataclass, field
from typing import Any, List, Tuple

from .errors import MalformedOutput


class ElementType(enum.IntEnum):
    """The numbers of TensorProto.DataType."""

    FLOAT = 1
    UINT8 = 2
    INT8 = 3
    UINT16 = 4
    INT16 = 5
    INT32 = 6
    INT64 = 7
    STRING = 8
    BOOL = 9
    FLOAT16 = 10
    DOUBLE = 11
    UINT32 = 12
    UINT64 = 13
    COMPLEX64 = 14
    COMPLEX128 = 15
    BFLOAT16 = 16
    FLOAT8E4M3FN = 17
    FLOAT8E4M3FNUZ = 18
    FLOAT8E5M2 = 19
    FLOAT8E5M2FNUZ = 20
    UINT4 = 21
    INT4 = 22
    FLOAT4E2M1 = 23
    FLOAT8E8M0 = 24
    UINT2 = 25
    INT2 = 26
    FLOAT6E2M3 = 27
    FLOAT6E3M2 = 28

    @property
    def onnx_name(self):
        """ONNX's spelling in type strings, e.g. "float8e4m3fn"."""
        return self.name.lower()

    @property
    def bits(self):
        """Bits per element; 0 for strings."""
        return _BITS.get(self, 8)

    def byte_count(self, count):
        """Bytes that `count` elements take."""
        return (count * self.bits + 7) // 8


_BITS = {
    ElementType.FLOAT: 32,
    ElementType.UINT16: 16,
    ElementType.INT16: 16,
    ElementType.INT32: 32,
    ElementType.INT64: 64,
    ElementType.STRING: 0,
    ElementType.FLOAT16: 16,
    ElementType.DOUBLE: 64,
    ElementType.UINT32: 32,
    ElementType.UINT64: 64,
    ElementType.COMPLEX64: 64,
    ElementType.COMPLEX128: 128,
    ElementType.BFLOAT16: 16,
    ElementType.UINT4: 4,
    ElementType.INT4: 4,
    ElementType.FLOAT4E2M1: 4,
    ElementType.UINT2: 2,
    ElementType.INT2: 2,
    ElementType.FLOAT6E2M3: 6,
    ElementType.FLOAT6E3M2: 6,
}

# Python's struct codes of the types it knows.
_CODES = {
    ElementType.FLOAT: "f",
    ElementType.UINT8: "B",
    ElementType.INT8: "b",
    ElementType.UINT16: "H",
    ElementType.INT16: "h",
    ElementType.INT32: "i",
    ElementType.INT64: "q",
    ElementType.BOOL: "?",
    ElementType.FLOAT16: "e",
    ElementType.DOUBLE: "d",
    ElementType.UINT32: "I",
    ElementType.UINT64: "Q",
}


def element_count(shape):
    """The product of the dimensions."""
    count = 1
    for dimension in shape:
        count *= dimension
    return count


@dataclass
class Tensor:
    """A dense tensor: packed little-endian bytes, or a list of strings."""

    type: ElementType
    shape: Tuple[int, ...]
    bytes: bytes = b""
    strings: List[str] = field(default_factory=list)

    def values(self):
        """The elements as a flat list of Python numbers or strings.

        For types of Python's struct module and strings; others raise ValueError.
        """
        if self.type == ElementType.STRING:
            return list(self.strings)
        return list(struct.unpack(self._layout(), self.bytes))

    @classmethod
    def of(cls, element_type, shape, values):
        """A tensor of Python numbers or strings, in row-major order."""
        if element_type == ElementType.STRING:
            return cls(element_type, tuple(shape), strings=list(values))
        tensor = cls(element_type, tuple(shape))
        tensor.bytes = struct.pack(tensor._layout(), *values)
        return tensor

    def _layout(self):
        if self.type not in _CODES:
            raise ValueError(f"{self.type.onnx_name} has no Python numbers; use the bytes")
        return f"<{element_count(self.shape)}{_CODES[self.type]}"

    def numpy(self):
        """The tensor as a numpy array."""
        return to_numpy(self)


@dataclass
class Sequence:
    """A list of values of one type; `type` is the ONNX type string of the elements."""

    values: List[Any]
    type: str


@dataclass
class Optional:
    """A value that may be missing; `type` is the ONNX type string of the content."""

    value: Any
    type: str


@dataclass
class Map:
    """Keys (a tensor of rank 1) and as many values; `type` is the type string of a value."""

    keys: Tensor
    values: List[Any]
    type: str


def type_string(value):
    """ONNX's type string of a value."""
    if isinstance(value, Tensor):
        return f"tensor({value.type.onnx_name})"
    if isinstance(value, Sequence):
        return f"seq({value.type})"
    if isinstance(value, Optional):
        return f"optional({value.type})"
    return f"map({value.keys.type.onnx_name}, {value.type})"


# ---- numpy -------------------------------------------------------------------------------------

_NUMPY_NAMES = {
    ElementType.FLOAT: "float32",
    ElementType.DOUBLE: "float64",
    **{
        kind: kind.name.lower()
        for kind in (
            ElementType.UINT8,
            ElementType.INT8,
            ElementType.UINT16,
            ElementType.INT16,
            ElementType.INT32,
            ElementType.INT64,
            ElementType.BOOL,
            ElementType.FLOAT16,
            ElementType.UINT32,
            ElementType.UINT64,
            ElementType.COMPLEX64,
            ElementType.COMPLEX128,
        )
    },
}

# Types of the package ml_dtypes, which onnx uses too.
_ML_NAMES = {
    ElementType.BFLOAT16: "bfloat16",
    ElementType.FLOAT8E4M3FN: "float8_e4m3fn",
    ElementType.FLOAT8E4M3FNUZ: "float8_e4m3fnuz",
    ElementType.FLOAT8E5M2: "float8_e5m2",
    ElementType.FLOAT8E5M2FNUZ: "float8_e5m2fnuz",
    ElementType.UINT4: "uint4",
    ElementType.INT4: "int4",
    ElementType.FLOAT4E2M1: "float4_e2m1fn",
    ElementType.FLOAT8E8M0: "float8_e8m0fnu",
    ElementType.UINT2: "uint2",
    ElementType.INT2: "int2",
    ElementType.FLOAT6E2M3: "float6_e2m3fn",
    ElementType.FLOAT6E3M2: "float6_e3m2fn",
}


def numpy_type(element_type):
    """The numpy dtype of an element type; ml_dtypes has those that numpy lacks."""
    import numpy

    if element_type in _NUMPY_NAMES:
        return numpy.dtype(_NUMPY_NAMES[element_type])
    import ml_dtypes

    return numpy.dtype(getattr(ml_dtypes, _ML_NAMES[element_type]))


def to_numpy(value):
    """A value as onnx's Python tools see it: arrays, lists of values, None, dicts."""
    if isinstance(value, Sequence):
        return [to_numpy(element) for element in value.values]
    if isinstance(value, Optional):
        return None if value.value is None else to_numpy(value.value)
    if isinstance(value, Map):
        keys = to_numpy(value.keys).tolist()
        return dict(zip(keys, (to_numpy(element) for element in value.values)))
    return _array(value)


def _array(tensor):
    import numpy

    if tensor.type == ElementType.STRING:
        return numpy.array(tensor.strings, dtype=object).reshape(tensor.shape)
    dtype = numpy_type(tensor.type)
    if tensor.type.bits % 8:
        codes = numpy.array(_unpack(tensor), dtype=numpy.uint8)
        return codes.view(dtype).reshape(tensor.shape)
    # Copied: the bytes of a frame are read-only, and runtimes expect arrays they may write to.
    return numpy.frombuffer(tensor.bytes, dtype=dtype).reshape(tensor.shape).copy()


def _unpack(tensor):
    bits, count = tensor.type.bits, element_count(tensor.shape)
    whole = int.from_bytes(tensor.bytes, "little")
    mask = (1 << bits) - 1
    signed = tensor.type in (ElementType.INT4, ElementType.INT2)
    codes = []
    for index in range(count):
        code = whole >> (index * bits) & mask
        # ml_dtypes keeps signed codes sign-extended to a byte.
        codes.append(code | 0xFF ^ mask if signed and code >> (bits - 1) else code)
    return codes


def pack(codes, bits):
    """Codes of less than a byte as ONNX packs them, the first in the low bits."""
    whole, mask = 0, (1 << bits) - 1
    for index, code in enumerate(codes):
        whole |= (int(code) & mask) << (index * bits)
    return whole.to_bytes((len(codes) * bits + 7) // 8, "little")


def from_numpy(value, type_text=""):
    """A value from what a numpy based runtime returns: arrays, scalars, lists, None, dicts.

    `type_text` is the ONNX type string, e.g. from `model.interface`. Empty lists, None and dicts
    cannot be converted without it; a tensor keeps the type it has.
    """
    if isinstance(value, (Tensor, Sequence, Optional, Map)):
        return value
    content = inner_type(type_text, "optional")
    if content is not None:
        return Optional(None if value is None else from_numpy(value, content), content)
    if isinstance(value, dict):
        return _map(value, inner_type(type_text, "map"))
    if isinstance(value, (list, tuple)) and not type_text.startswith("tensor("):
        return _sequence(value, inner_type(type_text, "seq"))
    if value is None:
        raise MalformedOutput("None for an output that is not optional")
    return _tensor(value)


def inner_type(type_text, prefix):
    """What stands between `prefix(` and the last parenthesis; None for another type."""
    start = prefix + "("
    if type_text.startswith(start) and type_text.endswith(")"):
        return type_text[len(start) : -1]
    return None


def _sequence(elements, element_type):
    values = [from_numpy(element, element_type or "") for element in elements]
    if not element_type and not values:
        raise MalformedOutput("an empty list does not say what it could hold")
    return Sequence(values, element_type or type_string(values[0]))


def _map(entries, types):
    if types is None:
        raise MalformedOutput("a dict does not say which types its keys and values have")
    key_name, _, value_type = types.partition(",")
    value_type = value_type.strip()
    key_type = ElementType[key_name.strip().upper()]
    keys = Tensor.of(key_type, (len(entries),), list(entries))
    return Map(keys, [from_numpy(value, value_type) for value in entries.values()], value_type)


def _tensor(value):
    import numpy

    array = numpy.asarray(value)
    if array.dtype.kind in "OUST":
        strings = [_string(element) for element in array.ravel().tolist()]
        return Tensor(ElementType.STRING, array.shape, strings=strings)
    element_type = _element_type(array.dtype)
    if element_type.bits % 8:
        codes = numpy.ascontiguousarray(array).view(numpy.uint8).ravel().tolist()
        return Tensor(element_type, array.shape, pack(codes, element_type.bits))
    little = array.astype(array.dtype.newbyteorder("<"), copy=False)
    return Tensor(element_type, array.shape, little.tobytes())


def _string(element):
    if isinstance(element, str):
        return element
    if isinstance(element, bytes):
        return element.decode("utf-8")
    raise MalformedOutput(f"an element of type {type(element).__name__} in a tensor of strings")


def _element_type(dtype):
    for names in (_NUMPY_NAMES, _ML_NAMES):
        for element_type, name in names.items():
            if dtype.name == name:
                return element_type
    raise MalformedOutput(f"numpy type {dtype.name} is no ONNX type")
