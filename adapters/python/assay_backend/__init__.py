"""Serve any Python runtime as a backend of the Assay conformance harness.

A backend is a class with two methods::

    class Backend:
        def describe(self):                    # a dict: who it is and what it supports
        def compile(self, model, options):     # model: bytes of an ONNX ModelProto
            return executable                  # with run(inputs) -> list of outputs

    serve(Backend)

Import `serve` before anything that may print: importing it takes standard input and output for the
protocol and points `print` and native code at standard error.

`compile` and `run` raise `Unsupported`, `InvalidModel` or `InvalidInput`; any other exception is
reported as an error of the backend. See README.md beside this package.
"""

from .errors import (
    DeviceUnavailable,
    InvalidInput,
    InvalidModel,
    Refusal,
    Unsupported,
)
from .model import Interface, interface
from .values import ElementType, Map, Optional, Sequence, Tensor, from_numpy, to_numpy

__all__ = [
    "DeviceUnavailable",
    "ElementType",
    "Interface",
    "InvalidInput",
    "InvalidModel",
    "Map",
    "Optional",
    "Refusal",
    "Sequence",
    "Tensor",
    "Unsupported",
    "from_numpy",
    "interface",
    "serve",
    "to_numpy",
]


def __getattr__(name):
    # Only a worker needs the server, and loading it takes the streams of the process.
    if name == "serve":
        from .server import serve

        return serve
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
