"""The reference evaluator of the onnx package as a backend (pip install onnx ml_dtypes)."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
# First, so that nothing that is imported later can print into the protocol.
from assay_backend import InvalidModel, Unsupported, from_numpy, interface, serve, to_numpy

import onnx
from onnx.reference import ReferenceEvaluator
from onnx.reference.op_run import RuntimeContextError, RuntimeImplementationError

MISSING = (NotImplementedError, RuntimeContextError, RuntimeImplementationError)


class Executable:
    def __init__(self, model, names_and_types):
        self.interface = names_and_types
        try:
            self.evaluator = ReferenceEvaluator(model)
        except MISSING as error:
            raise Unsupported("operator", str(error)) from None

    def run(self, inputs):
        values = dict(zip(self.interface.input_names, map(to_numpy, inputs)))
        outputs = self.evaluator.run(None, values)
        return [from_numpy(*output) for output in zip(outputs, self.interface.output_types)]


class Backend:
    def describe(self):
        identity = {"vendor": "ONNX", "product": "onnx.reference", "version": onnx.__version__,
                    "device": "cpu"}
        return {"schema": "assay.describe/1", "identity": identity}

    def compile(self, model, options):
        try:
            parsed = onnx.load_model_from_string(model)
            onnx.checker.check_model(parsed)
        except Exception as error:
            raise InvalidModel(str(error)) from None
        return Executable(parsed, interface(model))


if __name__ == "__main__":
    serve(Backend)
