"""A backend for Add on float32 that needs nothing but Python.

Uses numpy where it is installed; otherwise Python's own floats, rounded to float32 by `struct`.

    assay run -- python3 adapters/python/examples/numpy_add.py
"""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
from assay_backend import ElementType, InvalidInput, Tensor, Unsupported, interface, serve

try:
    import numpy
except ImportError:
    numpy = None


class Adder:
    """Adds two tensors of equal shape."""

    def run(self, inputs):
        if len(inputs) != 2:
            raise InvalidInput(f"Add takes two inputs, not {len(inputs)}")
        a, b = inputs
        if a.type != ElementType.FLOAT or b.type != ElementType.FLOAT:
            raise Unsupported("dtype", "only float32")
        if a.shape != b.shape:
            raise Unsupported("shape", "no broadcasting")
        if numpy is not None:
            return [a.numpy() + b.numpy()]
        # The sum of two float32 is exact enough in binary64 that rounding it again is harmless.
        return [Tensor.of(a.type, a.shape, [x + y for x, y in zip(a.values(), b.values())])]


class Backend:
    def describe(self):
        return {
            "schema": "assay.describe/1",
            "identity": {"vendor": "Assay", "product": "Python example", "version": "1",
                         "device": "cpu"},
            "capabilities": [{"operator": "Add", "opsets": [7, 28], "types": {"T": ["f32"]}}],
            "unsupported": [{"match": {"operator": "Add"}, "reason": "shape",
                             "text": "no broadcasting"}],
            "determinism": "D2",
        }

    def compile(self, model, options):
        if interface(model).operators != ["Add"]:
            raise Unsupported("operator", "only a single Add is supported")
        return Adder()


if __name__ == "__main__":
    serve(Backend)
