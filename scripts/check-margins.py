#!/usr/bin/env python3
"""Measures what three constants of the oracle rest on.

    scripts/check-margins.py

labels  Two scores are sums of products whose factors a mode may round to bfloat16. Printed is the
        largest lead, as a part of the larger sum of magnitudes, that such a rounding reverses: by
        random factors, and by the worst pair of factors there is. `TopClass` leaves labels with a
        lead of at most 2^-6 open.
powers  beta^T in float32, in units of u of the result: the C library's powf, a power by repeated
        squaring, a product of T factors; for the counts of updates of the cases and larger ones.
        `AdamEvaluator` gives a power 16 units.
mel     For the sizes of the cases the number of elements in which each two of the four readings of
        MelWeightMatrix differ, how near the edges come to a border of bins, and how far float32
        moves them. `MelWeightMatrixEvaluator` wants a distance of 2^-14.

Needs: Python 3.9, numpy. The draws have the seed below; two runs print the same.
"""
import ctypes
import itertools
import math

import numpy as np

SEED = 20250611
F = np.float32
POWF = ctypes.CDLL("libm.so.6").powf
POWF.restype, POWF.argtypes = ctypes.c_float, [ctypes.c_float, ctypes.c_float]


# -- Labels --------------------------------------------------------------------------------------

def bfloat16(values):
    """Rounded to 8 bits, ties to even."""
    fraction, exponent = np.frexp(values)
    return np.ldexp(np.rint(fraction * 256), exponent - 8)


def labels():
    draw = np.random.default_rng(SEED)
    largest = 0.0
    for features in (1, 2, 4):
        for _ in range(40):
            shape = (100_000, features)
            x, other = (1 + draw.random(shape) for _ in range(2))
            w = 1 + draw.random(shape)
            # Each class sees features of its own; the second is scaled next to the first.
            v = 1 + draw.random(shape)
            a, b = np.sum(x * w, axis=1), np.sum(other * v, axis=1)
            scale = np.exp2(np.rint(np.log2(a / b)))
            b = b * scale
            after = (np.sum(bfloat16(x) * bfloat16(w), axis=1)
                     - np.sum(bfloat16(other) * bfloat16(v), axis=1) * scale)
            lead = (a - b) / np.maximum(a, b)
            flipped = np.where(np.sign(after) != np.sign(lead), np.abs(lead), 0)
            largest = max(largest, float(np.max(flipped)))
    unit = 2.0 ** -8
    down = (1 / (1 + unit)) ** 2        # both factors 1 + u, rounded to 1
    up = ((1 + 4 * unit) / (1 + 3 * unit)) ** 2   # both 1 + 3u, rounded to 1 + 4u
    worst = 1 - down / up
    theorem = 2 * unit / (1 + unit) * 2
    print(f"labels  random {largest * 64:.3f}·2^-6, worst pair {worst * 64:.3f}·2^-6, "
          f"no more than {theorem * 64:.3f}·2^-6")


# -- Powers --------------------------------------------------------------------------------------

def squared(base, count):
    result, square = F(1), F(base)
    while count:
        if count & 1:
            result = F(result * square)
        square = F(square * square)
        count >>= 1
    return result


def product(base, count):
    result = F(1)
    for _ in range(count):
        result = F(result * F(base))
    return result


def powers():
    ways = {"powf": lambda b, t: POWF(b, t), "squared": squared, "product": product}
    for counts in ([1, 2, 3, 10], [100], [1000], [3000]):
        found = []
        for name, way in ways.items():
            worst = 0.0
            for base in (0.5, 0.8, 0.9, 0.95, 0.99, 0.999):
                single = float(F(base))
                for count in counts:
                    exact = math.exp(count * math.log(single))
                    if exact > 2.0 ** -100:
                        worst = max(worst, abs(float(way(single, count)) / exact - 1) * 2 ** 24)
            found.append(f"{name} {worst:.1f}u")
        print(f"powers  T = {', '.join(map(str, counts)):12} {', '.join(found)}")


# -- Mel -----------------------------------------------------------------------------------------

# Numbers of bands, length, rate and edges of the cases of MelWeightMatrix.
SIZES = [(8, 96, 16000, 0, 7900), (4, 64, 8000, 100, 3700), (5, 101, 22050, 300, 9000),
         (1, 40, 1000, 50, 450), (6, 128, 16000, 20, 7600), (3, 25, 8000, 192, 3584),
         (8, 32, 8192, 0, 3500)]


def places(size, steps, nearest, real):
    """Where the edges lie, in bins, every step in the type `real`."""
    bands, length, rate, low, high = size
    seven, scale = real(700), real(2595)
    first, last = (scale * np.log10(real(1) + real(f) / seven, dtype=real) for f in (low, high))
    step = real((last - first) / real(steps))
    mel = first + np.arange(bands + 2, dtype=real) * step
    hertz = seven * (np.power(real(10), mel / scale, dtype=real) - real(1))
    bins = hertz * real(length if nearest else length + 1) / real(rate)
    return bins + real(0.5) if nearest else bins


def matrix(edges, size):
    bands, length = size[:2]
    y = np.zeros((length // 2 + 1, bands))
    for band in range(bands):
        start, centre, end = edges[band:band + 3]
        for bin_ in range(len(y)):
            if start < bin_ < centre:
                y[bin_, band] = (bin_ - start) / (centre - start)
            elif centre < bin_ < end:
                y[bin_, band] = (end - bin_) / (end - centre)
        y[centre, band] = 1
    return y


def mel():
    for size in SIZES:
        matrices, nearest_border, moved = [], 1.0, 0.0
        for extra, nearest in itertools.product((2, 1), (False, True)):
            exact = places(size, size[0] + extra, nearest, np.float64)
            single = places(size, size[0] + extra, nearest, F).astype(np.float64)
            moved = max(moved, float(np.max(np.abs(single - exact))))
            rest = exact - np.floor(exact)
            inner = slice(1, None) if size[3] == 0 and not nearest else slice(None)
            nearest_border = min(nearest_border, float(np.min(np.minimum(rest, 1 - rest)[inner])))
            matrices.append(matrix(np.floor(exact).astype(int), size))
        differing = [int(np.sum(a != b)) for a, b in itertools.combinations(matrices, 2)]
        print(f"mel     {size}: {matrices[0].size} elements, of which the readings differ in "
              f"{differing}; nearest border 2^{math.log2(nearest_border):.1f}, float32 moves edges "
              f"by 2^{math.log2(max(moved, 1e-9)):.1f}")


if __name__ == "__main__":
    labels()
    powers()
    mel()
