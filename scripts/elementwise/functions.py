"""The functions of class E: exact in binary64, right and wrong in float32.

`FUNCTIONS` has for each its budget k, its absolute term A in units of u, and where it is tried.
"""

import math

import numpy as np

from elementwise.library import C, D, F, U


def exact_sigmoid(x):
    return np.where(x < 0, np.exp(np.minimum(x, 0)) / (1 + np.exp(np.minimum(x, 0))),
                    1 / (1 + np.exp(-np.maximum(x, 0))))


def exact_softplus(x):
    return np.maximum(x, 0) + np.log1p(np.exp(-np.abs(x)))


def exact_gelu(x):
    return 0.5 * x * C("erfc", -x / math.sqrt(2))


def exact_tanh_gelu(x):
    return x * exact_sigmoid(2 * math.sqrt(2 / math.pi) * (x + 0.044715 * x ** 3))


def exact_mish(x):
    n = np.exp(np.minimum(x, 40))
    return np.where(x > 40, x, x * (n * n + 2 * n) / (n * n + 2 * n + 2))


SELU = (D(F(1.67326319217681884765625)), D(F(1.05070102214813232421875)))


def exact_line(x, alpha):
    return np.clip(alpha * x + 0.5, 0, 1)


FIFTH, SIXTH = D(F(0.2)), 1 / 6


# -- Steps in float32 ----------------------------------------------------------------------------

def sigmoid(x):
    """exp(−|x|) only, which does not overflow; 1/(1 + e) or e/(1 + e)."""
    e = C("expf", -np.abs(x))
    return np.where(x < 0, e / (1 + e), 1 / (1 + e))


def by_expm1(x):
    return C("expm1f", np.minimum(x, 0))


def by_exp(x):
    return C("expf", np.minimum(x, 0)) - F(1)


def celu(x, below):
    return np.maximum(x, 0) + np.minimum(below(x), 0)


def selu(x, below):
    alpha, gamma = F(SELU[0]), F(SELU[1])
    return np.where(x > 0, gamma * x, gamma * (alpha * below(x)))


def selu_as_written(x):
    alpha, gamma = F(SELU[0]), F(SELU[1])
    return np.where(x > 0, gamma * x, gamma * (alpha * C("expf", np.minimum(x, 0)) - alpha))


def softplus(x):
    return np.maximum(x, 0) + C("log1pf", C("expf", -np.abs(x)))


def gelu(x):
    return F(0.5) * x * (F(1) + C("erff", x * F(math.sqrt(0.5))))


def tanh_gelu(x):
    return F(0.5) * x * (F(1) + C("tanhf", F(math.sqrt(2 / math.pi)) * (
        x + F(0.044715) * x * x * x)))


def mish(x):
    n = C("expf", np.minimum(x, F(40)))
    return np.where(x > 40, x, x * ((n * n + 2 * n) / (n * n + 2 * n + 2)))


# -- Wrong ones ----------------------------------------------------------------------------------

def narrow(values, bits):
    """Rounded to so many bits."""
    fraction, exponent = np.frexp(values)
    return np.ldexp(np.rint(fraction * 2 ** bits) / 2 ** bits, exponent).astype(F)


def exp_one_product(x):
    """2^(x·log2 e) with the product rounded: an error that grows with the argument."""
    return C("exp2f", x * F(math.log2(math.e)))


def short_reduction(function):
    """An argument reduced by a π of float32."""
    def result(x):
        turns = np.rint(x / F(math.pi))
        sign = np.where(np.mod(turns, 2) == 1, F(-1), F(1))
        return sign * function(x - turns * F(math.pi))
    return result


def erf_by_table(x):
    """Abramowitz and Stegun 7.1.26: 1.5e-7 in absolute terms."""
    t = 1 / (1 + F(0.3275911) * np.abs(x))
    p = ((((F(1.061405429) * t - F(1.453152027)) * t + F(1.421413741)) * t - F(0.284496736)) * t
         + F(0.254829592)) * t
    return np.sign(x) * (1 - p * C("expf", -np.minimum(np.abs(x), F(9)) ** 2))


def naive_sinh(x):
    return (C("expf", x) - C("expf", -x)) / 2


def by_logarithm(x):
    return C("logf", x + np.sqrt(x * x + 1))


def one_minus(x):
    """1 − 1/(1 + e^x) below zero: an absolute error."""
    s = 1 / (1 + C("expf", -np.abs(x)))
    return np.where(x < 0, 1 - s, s)


# -- The functions -------------------------------------------------------------------------------

def clipped(low, high):
    return lambda x: (x >= low) & (x <= high)


def everywhere(x):
    return np.ones(x.shape, bool)


def library(name):
    return lambda x: C(name + "f", x)


def below_zero(size):
    return lambda x: np.where(x < 0, 8 * size, 0)


def rounded_line(x, alpha):
    """|αx| where αx + ½ cancels: not where the line is cut."""
    return np.where(np.abs(alpha * x) <= 0.51, np.abs(alpha * x), 0)


def swish_terms(x):
    """Of a sigmoid of subnormal size; alpha is 1."""
    return np.abs(x) * 2.0 ** -150 / U


def entry(budget, exact, right, wrong, domain=everywhere, absolute=None):
    return {"k": budget, "exact": exact, "right": right, "wrong": wrong, "domain": domain,
            "absolute": absolute or (lambda x: np.zeros(x.shape))}


def simple(budget, name, wrong, domain=everywhere, function=None, **others):
    """A function that the C library and numpy have under one name."""
    numpy_name = name if not name.startswith("a") else "arc" + name[1:]
    function = function or getattr(np, numpy_name)
    right = {"C": library(name), "numpy": function, **others}
    return entry(budget, function, right, wrong, domain)


FUNCTIONS = {
    "Exp": simple(3, "exp", {"2^(x·log2 e), rounded product": exp_one_product}),
    "Log": simple(3, "log", {"of a bfloat16 table": lambda x: narrow(np.log(x), 12)},
                  lambda x: x > 0),
    "Sin": simple(4, "sin", {"π of 24 bits": short_reduction(np.sin)}),
    "Cos": simple(4, "cos", {"π of 24 bits": short_reduction(np.cos)}),
    "Tan": simple(5, "tan", {"π of 24 bits": lambda x: np.tan(x - np.rint(x / F(math.pi))
                                                          * F(math.pi))},
                  **{"sin/cos": lambda x: C("sinf", x) / C("cosf", x)}),
    "Asin": simple(4, "asin", {"atan2(x, √(1 − x²))": lambda x: np.arctan2(
        x, np.sqrt(1 - x * x))}, clipped(-1, 1),
        **{"atan2(x, √((1 − x)(1 + x)))": lambda x: np.arctan2(x, np.sqrt((1 - x) * (1 + x)))}),
    "Acos": simple(4, "acos", {"π/2 − asin x": lambda x: F(math.pi / 2) - C("asinf", x)},
                   clipped(-1, 1)),
    "Atan": simple(5, "atan", {"asin(x/√(1 + x²))": lambda x: C(
        "asinf", np.minimum(np.maximum(x / np.sqrt(1 + x * x), -1), 1))}),
    "Sinh": simple(4, "sinh", {"(e^x − e^−x)/2": naive_sinh}),
    "Cosh": simple(4, "cosh", {"(e^x + e^−x)/2, which overflows": lambda x: (
        C("expf", x) + C("expf", -x)) / 2}),
    "Tanh": simple(5, "tanh", {"(e^2x − 1)/(e^2x + 1)": lambda x: (
        C("expf", 2 * np.clip(x, -40, 40)) - 1) / (C("expf", 2 * np.clip(x, -40, 40)) + 1)},
        **{"expm1": lambda x: np.where(np.abs(x) > 20, np.sign(x), C("expm1f", 2 * np.clip(
            x, -20, 20)) / (C("expm1f", 2 * np.clip(x, -20, 20)) + 2))}),
    "Asinh": simple(4, "asinh", {"log(x + √(x² + 1))": by_logarithm}),
    "Acosh": simple(4, "acosh", {"log(x + √(x² − 1))": lambda x: C(
        "logf", x + np.sqrt(x * x - 1))}, lambda x: x >= 1),
    "Atanh": simple(5, "atanh", {"½·log((1 + x)/(1 − x))": lambda x: F(0.5) * C(
        "logf", (1 + x) / (1 - x))}, lambda x: np.abs(x) < 1),
    "Erf": entry(5, lambda x: C("erf", x), {"C": library("erf")},
                 {"Abramowitz & Stegun 7.1.26": erf_by_table}),
    "Sigmoid": entry(5, exact_sigmoid, {"steps": sigmoid},
                     {"1 − σ(−x) below zero": one_minus,
                      "1/(1 + e^−x), which overflows": lambda x: 1 / (1 + C("expf", -x))}),
    "Softplus": entry(6, exact_softplus, {"log1p": softplus},
                      {"log(1 + e^x) as written": lambda x: C("logf", 1 + C("expf", x))}),
    "Softsign": entry(6, lambda x: x / (1 + np.abs(x)), {"steps": lambda x: x / (1 + np.abs(x))},
                      {"reciprocal of 12 bits": lambda x: x * narrow(1 / (1 + np.abs(x)), 12)}),
    "Swish": entry(6, lambda x: x * exact_sigmoid(x), {"steps": lambda x: x * sigmoid(x)},
                   {"1 − σ(−x) below zero": lambda x: x * one_minus(x)}, absolute=swish_terms),
    "HardSigmoid": entry(6, lambda x: exact_line(x, FIFTH),
                         {"steps": lambda x: np.clip(F(FIFTH) * x + F(0.5), 0, 1)},
                         {"alpha 0.2 of 16 bits": lambda x: np.clip(
                             F(np.float16(0.2)) * x + F(0.5), 0, 1)},
                         absolute=lambda x: rounded_line(x, FIFTH)),
    "HardSwish": entry(6, lambda x: x * exact_line(x, SIXTH), {
        "1/6 of 24 bits": lambda x: x * np.clip(F(SIXTH) * x + F(0.5), 0, 1),
        "(x + 3)/6": lambda x: x * np.clip((x + 3) / 6, 0, 1)},
        {"1/6 of 16 bits": lambda x: x * np.clip(F(np.float16(SIXTH)) * x + F(0.5), 0, 1)},
        absolute=lambda x: np.where(x < 3.5, 2 * np.abs(x) * rounded_line(x, SIXTH), 0)),
    "Gelu": entry(8, exact_gelu, {"erf": gelu}, {
        "tanh form": tanh_gelu, "x·σ(1.702x)": lambda x: x * sigmoid(F(1.702) * x)},
        absolute=lambda x: 8 * np.abs(x)),
    "Gelu tanh": entry(8, exact_tanh_gelu, {
        "tanh": tanh_gelu, "x·σ(2a)": lambda x: x * sigmoid(
            F(2 * math.sqrt(2 / math.pi)) * (x + F(0.044715) * x * x * x))},
        {"erf form": gelu}, lambda x: np.abs(x) < 1e12, absolute=lambda x: 8 * np.abs(x)),
    "Mish": entry(8, exact_mish, {"by e^x": mish}, {
        "tanh(log(1 + e^x))": lambda x: x * np.tanh(np.where(
            x > 40, x, C("logf", 1 + C("expf", np.minimum(x, F(40))))))}, absolute=swish_terms),
    "Elu": entry(8, lambda x: np.where(x < 0, np.expm1(np.minimum(x, 0)), x), {
        "expm1": lambda x: np.where(x < 0, by_expm1(x), x),
        "e^x − 1": lambda x: np.where(x < 0, by_exp(x), x)},
        {"exp of 16 bits": lambda x: np.where(x < 0, narrow(np.exp(np.minimum(x, 0)), 16) - 1, x)},
        absolute=below_zero(1)),
    "Celu": entry(8, lambda x: np.maximum(x, 0) + np.expm1(np.minimum(x, 0)), {
        "expm1": lambda x: celu(x, by_expm1), "e^x − 1": lambda x: celu(x, by_exp)},
        {"exp of 16 bits": lambda x: celu(x, lambda y: narrow(np.exp(np.minimum(y, 0)), 16) - 1)},
        absolute=below_zero(1)),
    "Selu": entry(8, lambda x: np.where(
        x > 0, SELU[1] * x, SELU[1] * SELU[0] * np.expm1(np.minimum(x, 0))), {
        "expm1": lambda x: selu(x, by_expm1), "as written": selu_as_written},
        {"constants of four digits": lambda x: np.where(
            x > 0, F(1.0507) * x, F(1.0507 * 1.6733) * by_expm1(x))},
        absolute=below_zero(SELU[0] * SELU[1])),
}
RUNTIME = {"Gelu tanh": ("Gelu", {"approximate": "tanh"})}
