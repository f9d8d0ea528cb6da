"""A failing case as the standard's own files hold it, and what ONNX Runtime makes of it.

Nothing in here comes from Assay but the bytes of model, inputs and golden.
"""

import ctypes
import json
import os
import pickle
import re

import numpy as np
import onnx
from onnx import numpy_helper

IDENTIFIER = re.compile(r"([^/]+)/([\w-]+?)-(\d+)/([^/]*)/([^#]*)#.*")
FLOATS = {"float16": 11, "bfloat16": 8, "float32": 24, "float64": 53, "float8_e4m3fn": 4,
          "float8_e4m3fnuz": 4, "float8_e5m2": 3, "float8_e5m2fnuz": 3}
LEAST = {"float16": -14, "bfloat16": -126, "float32": -126, "float64": -1022, "float8_e4m3fn": -6,
         "float8_e4m3fnuz": -7, "float8_e5m2": -14, "float8_e5m2fnuz": -15}


def unit(values, dtype):
    """The spacing of a format at each value: the upper one at powers of two."""
    name = np.dtype(dtype).name
    _, exponent = np.frexp(np.asarray(values, np.longdouble))
    exponent = np.maximum(exponent.astype(np.int64) - 1, LEAST[name])
    return np.ldexp(np.longdouble(1), (exponent - FLOATS[name] + 1).astype(np.int32))


def is_float(array):
    return np.asarray(array).dtype.name in FLOATS


def read_value(path, kind):
    """A tensor, sequence or optional of the test data layout."""
    with open(path, "rb") as file:
        content = file.read()
    if kind == "sequence_type":
        return numpy_helper.to_list(onnx.SequenceProto.FromString(content))
    if kind == "optional_type":
        return numpy_helper.to_optional(onnx.OptionalProto.FromString(content))
    return numpy_helper.to_array(onnx.TensorProto.FromString(content))


class Case:
    """One node, its attributes, its inputs by position (None: left out) and the golden outputs."""

    def __init__(self, identifier, code, folder):
        found = IDENTIFIER.fullmatch(identifier)
        self.identifier, self.code, self.folder = identifier, code, folder
        self.operator, self.version, self.group = found[2], int(found[3]), found[5]
        self.model = onnx.load(os.path.join(folder, "model.onnx"))
        graph = self.model.graph
        self.nodes, self.node = graph.node, graph.node[0]
        self.attributes = {a.name: onnx.helper.get_attribute_value(a) for a in self.node.attribute}
        held = {i.name: numpy_helper.to_array(i) for i in graph.initializer}
        self.fed = []
        for k, each in enumerate(i for i in graph.input if i.name not in held):
            kind = each.type.WhichOneof("value")
            held[each.name] = read_value(f"{folder}/test_data_set_0/input_{k}.pb", kind)
            self.fed.append((each.name, kind))
        self.held = held
        self.inputs = [held.get(name) for name in self.node.input]
        self.golden = []
        for k, each in enumerate(graph.output):
            path = f"{folder}/test_data_set_0/output_{k}.pb"
            if os.path.exists(path):
                self.golden.append(read_value(path, each.type.WhichOneof("value")))

    def attribute(self, name, default=None):
        value = self.attributes.get(name, default)
        if isinstance(value, bytes):
            return value.decode()
        if isinstance(value, list) and value and isinstance(value[0], bytes):
            return [each.decode() for each in value]
        return value

    def input(self, index, default=None):
        found = self.inputs[index] if index < len(self.inputs) else None
        return default if found is None else found

    def exact(self, index, default=None):
        """An input without any rounding: integers of Python, or extended precision."""
        return exact(self.input(index, default))


def exact(array):
    if array is None:
        return None
    array = np.asarray(array)
    if is_float(array):
        return array.astype(np.float64).astype(np.longdouble)
    return array.astype(object) if array.dtype.kind in "iu" else array


# -- ONNX Runtime ----------------------------------------------------------------------------------

def run_here(folder, case):
    import onnxruntime
    onnxruntime.set_default_logger_severity(4)
    session = onnxruntime.InferenceSession(
        os.path.join(folder, "model.onnx"), providers=["CPUExecutionProvider"])
    feeds = {}
    whole = all(each.type.startswith("tensor") for each in session.get_outputs())
    for name, kind in case.fed:
        value = case.held[name]
        if not whole or kind != "tensor_type" or value.dtype.kind in "OU":
            return [np.asarray(each) if not isinstance(each, list) else each
                    for each in session.run(None, {n: case.held[n] for n, _ in case.fed})]
        element = onnx.helper.np_dtype_to_tensor_dtype(value.dtype)
        raw = value if value.dtype.name not in FLOATS or value.dtype.kind == "f" else value.view(
            {1: np.uint8, 2: np.uint16}[value.dtype.itemsize])
        feeds[name] = onnxruntime.OrtValue.ortvalue_from_numpy_with_onnx_type(
            np.array(raw, order="C"), element)
    if not whole and not case.fed:
        return session.run(None, {})
    names = [each.name for each in session.get_outputs()]
    return [taken(each) for each in session.run_with_ort_values(names, feeds)]


def taken(value):
    """The elements of a result, of types that numpy has no name for as well."""
    if not value.is_tensor() or value.data_type() == "tensor(string)":
        return value.numpy()
    element = value.element_type()
    dtype = onnx.helper.tensor_dtype_to_np_dtype(element)
    shape = value.shape()
    size = int(np.prod(shape)) * dtype.itemsize
    raw = ctypes.string_at(value.data_ptr(), size) if size else b""
    return np.frombuffer(raw, dtype).reshape(shape)


def run_onnxruntime(case):
    """("values", arrays), ("refused", message) or ("died", signal); a process of its own."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
        try:
            answer = ("values", run_here(case.folder, case))
        except Exception as error:
            answer = ("refused", str(error))
        with os.fdopen(writing, "wb") as pipe:
            pickle.dump(answer, pipe)
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        content = pipe.read()
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return "died", os.WTERMSIG(status)
    return pickle.loads(content)


def failures(log):
    """The identifier and the code of each failing case of a log; of two judgements the last."""
    codes = {}
    with open(log, encoding="utf-8") as lines:
        for line in lines:
            event = json.loads(line)
            if event["kind"] != "caseJudged":
                continue
            verdict = event["record"]["verdict"]
            codes.pop(event["record"]["caseID"], None)
            if verdict["kind"] not in ("pass", "unsupported", "waived"):
                codes[event["record"]["caseID"]] = verdict.get("code", verdict["kind"])
    return codes.items()
