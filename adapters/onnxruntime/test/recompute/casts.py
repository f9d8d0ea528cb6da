"""Conversions between element types: one rounding to the nearest, ties to even."""

from fractions import Fraction

import numpy as np
import onnx

from formulas import formula

# Precision in bits, exponent of the smallest normal, largest finite value, has infinity.
FORMATS = {
    "float16": (11, -14, 65504, True), "bfloat16": (8, -126, None, True),
    "float32": (24, -126, None, True), "float64": (53, -1022, None, True),
    "float8_e4m3fn": (4, -6, 448, False), "float8_e4m3fnuz": (4, -7, 240, False),
    "float8_e5m2": (3, -14, 57344, True), "float8_e5m2fnuz": (3, -15, 57344, False),
}


def exponent_of(value):
    """⌊log2 |value|⌋ of a fraction that is not zero."""
    top = abs(value)
    guess = top.numerator.bit_length() - top.denominator.bit_length()
    return guess - 1 if top < Fraction(2) ** guess else guess


def nearest(value, precision, least):
    """A fraction rounded to a grid of so many bits, ties to even."""
    if value == 0:
        return Fraction(0)
    unit = Fraction(2) ** (max(exponent_of(value), least) - precision + 1)
    return round(value / unit) * unit  # round() of a Fraction goes to even


def converted(value, name, saturate, inf_saturates=True):
    """A number, infinity or NaN in a format, by the tables of Cast."""
    precision, least, largest, infinite = FORMATS[name]
    eight = name.startswith("float8")
    if isinstance(value, float) and value != value:
        return float("nan")
    negative = value < 0 or (isinstance(value, float) and np.signbit(value))
    sign = -1.0 if negative else 1.0
    beyond = sign * float("inf") if infinite else float("nan")
    if isinstance(value, float) and np.isinf(value):
        if eight and saturate:
            return sign * largest if inf_saturates else float("nan")
        return beyond
    rounded = nearest(Fraction(value), precision, least)
    if largest is None:
        largest = (2 - Fraction(2) ** (1 - precision)) * Fraction(2) ** (-least + 1)
    if abs(rounded) > largest:
        return sign * float(largest) if eight and saturate else beyond
    if rounded == 0 and negative and name.endswith("fnuz"):
        return 0.0
    return sign * 0.0 if rounded == 0 else float(rounded)


def cast_all(case, x, target, saturate):
    name = onnx.helper.tensor_dtype_to_np_dtype(target).name
    if name == "bool":  # "+/- 0.0 to False; all else to True"
        return x != 0
    opset = next(o.version for o in case.model.opset_import if o.domain in ("", "ai.onnx"))
    kept = opset >= 24 or not name.endswith("fnuz")
    if x.dtype == object and x.size and isinstance(x.ravel()[0], str):
        values = [float(text) for text in x.ravel()]
        values = [v if not np.isfinite(v) else Fraction(t) for v, t in zip(values, x.ravel())]
    elif x.dtype == object:
        values = list(x.ravel())
    else:
        values = [float(each) for each in x.ravel()]
    flat = [converted(each, name, saturate, kept) for each in values]
    return np.array(flat, np.float64).reshape(x.shape).astype(np.longdouble)


@formula("Cast", "CastLike")
def casts(case):
    x = case.exact(0)
    if case.operator == "Cast":
        target = case.attribute("to")
    else:
        target = onnx.helper.np_dtype_to_tensor_dtype(case.input(1).dtype)
    if onnx.helper.tensor_dtype_to_np_dtype(target).name == "float8_e8m0fnu":
        return [powers_of_two(case, x)]
    return [cast_all(case, x, target, case.attribute("saturate", 1))]


def powers_of_two(case, x):
    """float8e8m0 by `round_mode`: "up", "down", or "nearest" with halves up, as its name says."""
    def one(value):
        value = abs(Fraction(float(value)))
        low = Fraction(2) ** exponent_of(value)
        mode = case.attribute("round_mode", "up")
        if value == low or mode == "down":
            return float(low)
        if mode == "up":
            return float(2 * low)
        return float(2 * low if value >= low * 3 / 2 else low)
    return np.array([one(v) for v in x.ravel()], np.longdouble).reshape(x.shape)


@formula("QuantizeLinear")
def quantized(case):
    """saturate((x / y_scale) + y_zero_point); float8 by the table of Cast, zero points are 0."""
    x, scale = case.exact(0), case.exact(1)
    target = onnx.helper.np_dtype_to_tensor_dtype(case.input(2).dtype)
    return [cast_all(case, np.asarray(x / scale), target, case.attribute("saturate", 1))]


@formula("DequantizeLinear")
def dequantized(case):
    """y = (x - x_zero_point) * x_scale"""
    zero = case.exact(2)
    difference = case.exact(0) - (0 if zero is None else zero)
    return [difference.astype(np.longdouble) * case.exact(1)]
