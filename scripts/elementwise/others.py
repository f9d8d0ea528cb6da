"""Functions of two arguments, windows, and the quotients of filters."""

import numpy as np

from elementwise.functions import (exact_sigmoid, narrow, one_minus, sigmoid, swish_terms)
from elementwise.library import C, D, F, U, ulp

WINDOWS = {"HannWindow": (0.5, 0.5, 0.0), "HammingWindow": (25 / 46, 21 / 46, 0.0),
           "BlackmanWindow": (0.42, 0.5, 0.08)}


def pairs(count=2_000_000):
    draw = np.random.default_rng(20250611)
    return (np.exp2(draw.uniform(-10, 10, count)).astype(F),
            draw.uniform(-12, 12, count).astype(F))


def power_shares():
    x, y = pairs()
    exact = np.power(x.astype(D), y.astype(D))
    keep = (exact < 3e38) & (exact > 2.0 ** -126)
    bound = 16.5 * ulp(exact)
    for label, way, values in (
            ("right", "C", C("powf", x, y)), ("right", "numpy", np.power(x, y)),
            ("wrong", "2^(y·log2 x), rounded product", C("exp2f", y * C("log2f", x)))):
        yield "Pow", 16, label, way, np.max((np.abs(values - exact) / bound)[keep])


def gate_shares():
    a, b = pairs()
    a = b * F(8)
    b = pairs(len(a))[0]
    exact = a.astype(D) * exact_sigmoid(a.astype(D)) * b
    bound = 8.5 * ulp(exact) + (swish_terms(a.astype(D)) + 2.0 ** -150 / U) * b * U
    for label, way, sigmoids in (("right", "steps", sigmoid), ("wrong", "1 − σ(−x) below zero",
                                                              one_minus)):
        yield "SwiGLU", 8, label, way, np.max(np.abs(a * sigmoids(a) * b - exact) / bound)


def window_shares():
    """Every size up to 700; the steps of the function body, angles first."""
    for name, (a0, a1, a2) in WINDOWS.items():
        worst = {"right": 0.0, "wrong": 0.0}
        for size in range(2, 701):
            n = np.arange(size)
            turns, angle = 2 * np.pi * n / size, (n * (F(2 * np.pi) / F(size))).astype(F)
            exact = a0 - a1 * np.cos(turns) + a2 * np.cos(2 * turns)
            room = sum(c * (2.5 * k * turns * np.abs(np.sin(k * turns))
                            + 10 * np.abs(np.cos(k * turns))) for c, k in ((a1, 1), (a2, 2)))
            bound = 1.5 * ulp(exact) + (room + 2 * a0) * U
            good = F(a0) - F(a1) * C("cosf", angle) + F(a2) * C("cosf", angle * F(2))
            bad = narrow(exact, 11)
            for label, values in (("right", good), ("wrong", bad)):
                worst[label] = max(worst[label], np.max(np.abs(values - exact) / bound))
        yield name, 1, "right", "steps of the body", worst["right"]
        yield name, 1, "wrong", "float16", worst["wrong"]


def quotient_shares():
    """MelWeightMatrix: all quotients of distances up to 700. Scaler: (x − b)·w."""
    a = np.arange(1, 701)
    top, bottom = (v.astype(F) for v in np.meshgrid(a, a))
    exact = top.astype(D) / bottom
    for label, way, values in (
            ("right", "quotient", top / bottom),
            ("right", "times a reciprocal", top * (1 / bottom)),
            ("wrong", "reciprocal of 16 bits", top * narrow(1 / bottom, 16))):
        yield "MelWeight", 2, label, way, np.max(np.abs(values - exact) / (2.5 * ulp(exact)))
    x, shift = pairs()
    exact = (x.astype(D) - shift) * D(F(0.3))
    for label, way, values in (
            ("right", "steps", (x - shift) * F(0.3)),
            ("wrong", "x·w − b·w", x * F(0.3) - shift * F(0.3))):
        yield "Scaler", 1, label, way, np.max(np.abs(values - exact) / (1.5 * ulp(exact)))


def measure_others():
    """Prints the lines of the above; the number of findings."""
    findings = 0
    for shares in (power_shares(), gate_shares(), window_shares(), quotient_shares()):
        for name, budget, label, way, part in shares:
            sound = part <= 1 if label == "right" else part > 1
            findings += not sound
            print(f"{name:14} {budget:>2}  {label:7} {way:34} f32 {part:9.3g}"
                  f"{'' if sound else ' !!'}", flush=True)
    return findings
