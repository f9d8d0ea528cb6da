"""What a worker needs to know of a model without a library that reads models."""

from dataclasses import dataclass
from typing import List

from . import wire
from .errors import InvalidModel
from .values import ElementType


@dataclass
class Interface:
    """Names and ONNX type strings of a graph; a type is "" where the model does not state it."""

    input_names: List[str]
    output_names: List[str]
    input_types: List[str]
    output_types: List[str]
    #: The operators of the nodes of the graph itself, in order.
    operators: List[str]


def interface(model):
    """The `Interface` of a serialised ModelProto.

    Raises `InvalidModel` when the bytes are no model.
    """
    inputs, outputs, operators = [], [], []
    try:
        for number, _, graph in wire.fields(model):
            if number != 7:
                continue
            for field, _, value in wire.fields(graph):
                if field == 1:
                    operators += [wire.text(v) for n, _, v in wire.fields(value) if n == 4]
                elif field == 11:
                    inputs.append(_value_info(value))
                elif field == 12:
                    outputs.append(_value_info(value))
    except (wire.WireError, TypeError, ValueError) as error:
        raise InvalidModel(f"the bytes are no ONNX model: {error}") from None
    return Interface(
        [name for name, _ in inputs],
        [name for name, _ in outputs],
        [kind for _, kind in inputs],
        [kind for _, kind in outputs],
        operators,
    )


def _value_info(message):
    name, kind = "", ""
    for number, _, value in wire.fields(message):
        if number == 1:
            name = wire.text(value)
        elif number == 2:
            kind = _type_text(value)
    return name, kind


def _type_text(message):
    """ONNX's spelling of a TypeProto."""
    for number, _, body in wire.fields(message):
        inner = {field: value for field, _, value in wire.fields(body)} if number < 16 else {}
        if number == 1:
            return f"tensor({_element_name(inner)})"
        if number == 4:
            return f"seq({_type_text(inner.get(1, b''))})"
        if number == 5:
            return f"map({_element_name(inner)}, {_type_text(inner.get(2, b''))})"
        if number == 9:
            return f"optional({_type_text(inner.get(1, b''))})"
    return ""


def _element_name(inner):
    return ElementType(inner.get(1, 0)).onnx_name
