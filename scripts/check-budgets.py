#!/usr/bin/env python3
"""Measures class E: how far correct functions of float32 err, against the budgets of numerics §6.3.

    scripts/check-budgets.py [FUNCTION…]

Every function is computed for

    f32     about 4 million numbers of float32: each 1021st code, so that every binade of both signs
            is met, and all codes near bounds of ranges
    f16     all 65,536 numbers of float16        (computed in float32, before the last rounding)
    bf16    all 65,536 numbers of bfloat16       (likewise)

and compared with binary64, whose error of 2^-29 of these units plays no part; sums that cancel in
the text's formula are written so that they do not. Printed is, for each implementation, the largest
share of the bound: (k + 1/2)·ulp + A of float32, k·ulp + A before the rounding to 16 bits.

    right   the C library's float functions, numpy's, and the steps of the text with these
    wrong   plausible implementations that the budget has to refuse: a share above 1 in float32
    runtime ONNX Runtime's kernel of float32, where it is installed: printed, not judged here

Needs: Python 3.9, numpy, a C compiler; onnx and onnxruntime are used where they are installed.
Exit: 0 every right implementation is within the budget and every wrong one is not; 1 otherwise.
"""
import os
import sys

import numpy as np

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from elementwise.functions import FUNCTIONS, RUNTIME
from elementwise.library import D, F, U, arguments, ulp
from elementwise.others import measure_others


def share(case, values, x, half):
    """The largest error as a part of the bound, and where it is."""
    wide = x.astype(D)
    exact = case["exact"](wide)
    limit = D(np.finfo(F).max)
    judged = np.isfinite(exact) & (np.abs(exact) < limit)
    bound = (case["k"] + half) * ulp(exact) + case["absolute"](wide) * U
    error = np.abs(values.astype(D) - exact)
    parts = np.where(judged, np.where(np.isfinite(error), error, np.inf) / bound, 0)
    at = int(np.argmax(parts))
    return float(parts[at]), float(x[at])


def runtime_of(name):
    """ONNX Runtime's kernel, or None."""
    try:
        import onnx
        import onnxruntime
    except ImportError:
        return None
    operator, attributes = RUNTIME.get(name, (name, {}))
    node = onnx.helper.make_node(operator, ["x"], ["y"], **attributes)
    value = [onnx.helper.make_tensor_value_info(n, onnx.TensorProto.FLOAT, [None]) for n in "xy"]
    model = onnx.helper.make_model(
        onnx.helper.make_graph([node], "g", value[:1], value[1:]), ir_version=10,
        opset_imports=[onnx.helper.make_opsetid("", 24 if operator == "Swish" else 22)])
    onnxruntime.set_default_logger_severity(4)
    session = onnxruntime.InferenceSession(model.SerializeToString())
    return lambda x: session.run(None, {"x": x})[0]


def measure(name, case, inputs):
    """Prints the lines of a function; whether the budget holds and refuses what it has to."""
    sound = True
    for label, group in (("right", case["right"]), ("wrong", case["wrong"])):
        for way, function in group.items():
            cells = []
            for form, x in inputs.items():
                x = x[case["domain"](x)]
                part, at = share(case, function(x), x, 0.5 if form == "f32" else 0)
                cells.append(f"{form} {part:9.3g} at {at:<12.7g}")
                if label == "right" and part > 1 or (label == "wrong" and form == "f32"
                                                     and part <= 1):
                    sound = False
                    cells[-1] += " !!"
            print(f"{name:12} {case['k']:>2}  {label:7} {way:34} {'  '.join(cells)}", flush=True)
    kernel = runtime_of(name)
    if kernel is not None:
        x = inputs["f32"][case["domain"](inputs["f32"])]
        part, at = share(case, kernel(x), x, 0.5)
        print(f"{name:12} {case['k']:>2}  runtime {'ONNX Runtime':34} f32 {part:9.3g} at {at:.7g}")
    return sound


def main(names):
    inputs = arguments()
    with np.errstate(all="ignore"):
        sound = [measure(name, case, inputs) for name, case in FUNCTIONS.items()
                 if not names or name in names]
        others = 0 if names else measure_others()
    findings = sound.count(False) + others
    print(f"check-budgets: {findings} findings")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
