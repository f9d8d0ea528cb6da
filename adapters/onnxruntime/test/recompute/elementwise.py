"""Operators that compute each element by itself."""

import mpmath
import numpy as np

from formulas import formula, reals

mpmath.mp.prec = 300
mpf = mpmath.mpf
# More than the least subnormal of binary64, and no more: exponentials beyond it have no use.
FAR = mpf(800)


def each(function, *arrays):
    """A function of mpmath over arrays, with special values by limits where `function` has none."""
    def rounded(*values):
        if any(np.isnan(value) for value in values):
            return np.longdouble("nan")
        return extended(function(*(mpf(float(value)) for value in values)))
    return np.frompyfunc(rounded, len(arrays), 1)(*arrays).astype(np.longdouble)


def extended(value):
    """A number of mpmath rounded once to extended precision."""
    if not isinstance(value, mpf) or not mpmath.isfinite(value):
        return np.longdouble(float(value))
    high = float(value)
    if np.isinf(high) or abs(high) < 2.0 ** -1000:
        scaled = float(value * mpf(2) ** 1000) if not np.isinf(high) else high
        return np.longdouble(scaled) * np.longdouble(2) ** -1000
    return np.longdouble(high) + np.longdouble(float(value - mpf(high)))


def logistic(x):
    if abs(x) > FAR:
        return mpf(0) if x < 0 else mpf(1)
    return 1 / (1 + mpmath.exp(-x))


@formula("Sigmoid")
def sigmoids(case):
    """y = 1 / (1 + exp(-x))"""
    return [each(logistic, reals(case, 0))]


@formula("Tanh")
def tangents(case):
    return [each(lambda x: mpmath.tanh(x) if abs(x) < FAR else mpmath.sign(x), reals(case, 0))]


@formula("Sin")
def sines(case):
    return [each(lambda x: mpmath.sin(x) if mpmath.isfinite(x) else mpf("nan"), reals(case, 0))]


@formula("Cos")
def cosines(case):
    return [each(lambda x: mpmath.cos(x) if mpmath.isfinite(x) else mpf("nan"), reals(case, 0))]


def by_tangent(x):
    """0.5 * x * (1 + Tanh(sqrt(2/Pi) * (x + 0.044715 * x^3)))"""
    inner = mpmath.sqrt(2 / mpmath.pi) * (x + mpf("0.044715") * x ** 3)
    return x * logistic(2 * inner)


@formula("Gelu")
def gelus(case):
    """0.5 * x * (1 + erf(x / sqrt(2)))"""
    if case.attribute("approximate", "none") == "tanh":
        return [each(by_tangent, reals(case, 0))]
    return [each(lambda x: x * mpmath.erfc(-x / mpmath.sqrt(2)) / 2, reals(case, 0))]


@formula("Swish")
def swishes(case):
    alpha = mpf(case.attribute("alpha", 1.0))
    return [each(lambda x: x * logistic(alpha * x), reals(case, 0))]


@formula("Mish")
def mishes(case):
    """x * tanh(ln(1 + e^x)), the tangent by n = e^x: (n² + 2n) / (n² + 2n + 2)"""
    def value(x):
        if x > FAR:
            return x
        n = mpmath.exp(x) if x > -FAR else mpf(0)
        return x * (n * n + 2 * n) / (n * n + 2 * n + 2)
    return [each(value, reals(case, 0))]


@formula("LeakyRelu")
def leaky(case):
    x, alpha = reals(case, 0), np.longdouble(case.attribute("alpha", np.float32(0.01)))
    with np.errstate(all="ignore"):
        return [np.where(x < 0, alpha * x, x)]


@formula("Shrink")
def shrinks(case):
    """If x < -lambd, y = x + bias; If x > lambd, y = x - bias; Otherwise, y = 0."""
    bias, lambd = case.attribute("bias", 0.0), case.attribute("lambd", 0.5)
    x = case.exact(0)
    if x.dtype != object:
        bias, lambd = np.longdouble(bias), np.longdouble(lambd)
        return [np.where(x < -lambd, x + bias, np.where(x > lambd, x - bias, 0))]
    flat = [v + int(bias) if v < -lambd else v - int(bias) if v > lambd else 0 for v in x.ravel()]
    return [wrapped(np.array(flat, object).reshape(x.shape), case.input(0).dtype)]


def wrapped(values, dtype):
    """Integers as the bits of their type, which is two's complement."""
    bits = np.iinfo(dtype).bits
    signed = np.dtype(dtype).kind == "i"

    def one(value):
        value = int(value) % (1 << bits)
        return value - (1 << bits) if signed and value >> (bits - 1) else value
    return np.frompyfunc(one, 1, 1)(values) if values.size else values


@formula("Pow")
def powers(case):
    """Whole numbers to whole powers, exactly; beyond the type, its bits."""
    x, y = case.exact(0), case.exact(1)
    flat = np.frompyfunc(lambda a, b: a ** b if b >= 0 else int(a ** b) if a else 0, 2, 1)(x, y)
    return [wrapped(flat, case.input(0).dtype)]


@formula("Where")
def selected(case):
    return [np.where(case.input(0), case.exact(1), case.exact(2))]


@formula("Clip")
def clipped(case):
    """Min(max, Max(min, x)): NaN stays."""
    x = reals(case, 0)
    least = reals(case, 1, None) if case.version >= 11 else case.attribute("min")
    largest = reals(case, 2, None) if case.version >= 11 else case.attribute("max")
    y = x if least is None else np.maximum(x, least)
    return [y if largest is None else np.minimum(y, largest)]


@formula("Div")
def quotients(case):
    """Whole quotients toward zero; the least number by −1 wraps."""
    x, y = case.exact(0), case.exact(1)

    def one(a, b):
        if b == 0:
            return 0
        return abs(a) // abs(b) * (1 if (a < 0) == (b < 0) else -1)
    return [wrapped(np.frompyfunc(one, 2, 1)(x, y), case.input(0).dtype)]


@formula("Binarizer")
def binarized(case):
    """Values greater than this are mapped to 1, others to 0."""
    return [(case.exact(0) > case.attribute("threshold", 0.0)).astype(np.longdouble)]


@formula("ConstantOfShape")
def constants(case):
    import onnx
    value = case.attribute("value")
    value = np.zeros(1, np.float32) if value is None else onnx.numpy_helper.to_array(value)
    return [np.full([int(n) for n in case.input(0)], value.ravel()[0], value.dtype)]


@formula("Constant")
def written_out(case):
    """The sparse value with its zeros: indices are linear, or one row for each element."""
    import onnx
    sparse = case.attribute("sparse_value")
    values = onnx.numpy_helper.to_array(sparse.values)
    places = onnx.numpy_helper.to_array(sparse.indices)
    y = np.zeros(list(sparse.dims), values.dtype)
    for value, place in zip(values, places):
        y[tuple(place) if np.ndim(place) else np.unravel_index(place, y.shape)] = value
    return [y]
