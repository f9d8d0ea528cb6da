#!/usr/bin/env python3
"""Measures correct and plain Fourier transforms in float32 against the noise that numerics §6.6
gives them.

    scripts/check-fourier.py

For each length N it prints root mean square and maximum of the errors of 2N results over random
signals, in units of the least deviation that a golden holds for a transform of that length,
u·‖x‖·√((N + 7)/18). Limits of §6.6 stand for 2 and 8 of these units, and a single element may err
by 8 of them and 4u|g|. The forms are

    direct       the sum, its factors cos and sin of exact angles, rounded once
    angle        the sum, its factors float32 functions of angles computed in float32, k·n modulo N
    unreduced    the same with k·n as it grows, which is no right implementation
    radix 2      a recursive transform, for powers of two
    chirp        a convolution with a chirp for every other length, through transforms of the next
                 power of two from 2N − 1 on (L. I. Bluestein, 1970)
    chirp, unreduced   the same with the angle π·n²/N computed in float32

Needs: Python 3.9, numpy. The signals are drawn with the seed below; two runs print the same.
"""
import numpy as np

SEED = 20250611
LENGTHS = [2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 16, 20, 24, 32, 48, 61, 64, 97, 128]
RESULTS = 60_000
F = np.float32
UNIT = 2.0 ** -24


def factors(angles):
    return np.cos(angles).astype(F), np.sin(angles).astype(F)


def direct(re, im, table):
    """Sums over n in float32, one product after the other."""
    cosine, sine = table
    sum_re, sum_im = np.zeros(re.shape, F), np.zeros(re.shape, F)
    for n in range(re.shape[1]):
        a, b = re[:, n, None], im[:, n, None]
        sum_re = sum_re + (a * cosine[:, n] - b * sine[:, n])
        sum_im = sum_im + (a * sine[:, n] + b * cosine[:, n])
    return sum_re, sum_im


def grid(length, reduced):
    k = np.arange(length)[:, None] * np.arange(length)[None, :]
    return k % length if reduced else k


def by_sum(re, im):
    n = re.shape[1]
    return direct(re, im, factors(-2 * np.pi * grid(n, True) / n))


def by_angle(re, im, reduced=True):
    n = re.shape[1]
    return direct(re, im, factors(-F(2 * np.pi) * grid(n, reduced).astype(F) / F(n)))


def radix(re, im, sign):
    """Decimation in time; the quarter turns among the factors are exact."""
    n = re.shape[-1]
    if n == 1:
        return re, im
    even, odd = radix(re[..., ::2], im[..., ::2], sign), radix(re[..., 1::2], im[..., 1::2], sign)
    cosine, sine = factors(sign * 2 * np.pi * np.arange(n // 2) / n)
    if n % 4 == 0:
        cosine[n // 4] = 0
    turned = odd[0] * cosine - odd[1] * sine, odd[0] * sine + odd[1] * cosine
    return tuple(np.concatenate([e + t, e - t], axis=-1) for e, t in zip(even, turned))


def chirp(re, im, exact_angles=True):
    n = re.shape[1]
    size = 1 << (2 * n - 2).bit_length()
    squares = np.arange(n) ** 2
    if exact_angles:
        cosine, sine = factors(-np.pi * (squares % (2 * n)) / n)
    else:
        cosine, sine = factors(-F(np.pi) * squares.astype(F) / F(n))
    signal = np.zeros((2, len(re), size), F)
    signal[:, :, :n] = re * cosine - im * sine, re * sine + im * cosine
    kernel = np.zeros((2, size), F)
    kernel[:, :n] = cosine, -sine
    kernel[:, size - n + 1:] = cosine[:0:-1], -sine[:0:-1]
    a, b = radix(*signal, -1), radix(*kernel, -1)
    c = radix(a[0] * b[0] - a[1] * b[1], a[0] * b[1] + a[1] * b[0], 1)
    p, q = (part[:, :n] / F(size) for part in c)
    return p * cosine - q * sine, p * sine + q * cosine


def measured(form, length, draw):
    count = max(20, RESULTS // (2 * length))
    x = draw.standard_normal((count, length, 2)).astype(F)
    re, im = form(x[..., 0], x[..., 1])
    exact = np.fft.fft(x[..., 0].astype(float) + 1j * x[..., 1], axis=1)
    norm = np.sqrt(np.sum(x.astype(float) ** 2, axis=(1, 2)))[:, None]
    unit = UNIT * norm * np.sqrt((length + 7) / 18)
    errors = np.concatenate([(re - exact.real) / unit, (im - exact.imag) / unit])
    return f"{np.sqrt(np.mean(errors ** 2)):6.2f} {np.max(np.abs(errors)):6.1f}"


def main():
    forms = {
        "direct": by_sum, "angle": by_angle, "unreduced": lambda a, b: by_angle(a, b, False),
        "radix 2": lambda a, b: radix(a, b, -1), "chirp": chirp,
        "chirp, unreduced": lambda a, b: chirp(a, b, False)}
    print("N    " + "  ".join(f"{name:>16}" for name in forms))
    for length in LENGTHS:
        draw = np.random.default_rng([SEED, length])
        power = length & (length - 1) == 0
        cells = []
        for name, form in forms.items():
            left_out = (name == "radix 2" and not power) or ("chirp" in name and power)
            cells.append(f"{'' if left_out else measured(form, length, draw):>16}")
        print(f"{length:<4} " + "  ".join(cells))


if __name__ == "__main__":
    main()
