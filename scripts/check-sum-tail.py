#!/usr/bin/env python3
"""Measures the tail of z over random orders of summation (docs/decisions/0025-tail-of-sums.md).

    scripts/check-sum-tail.py [MILLIONS]

MILLIONS (default 3) of float32 sums each of independent terms, of pairs that cancel and of sorted
terms, 32, 64 and 256 a sum; sigma is that of numerics 6.4 b. The closed form of the mean path
energy is compared with all 720 orders of six terms. Seeds are fixed. Needs numpy.
Exit: 0; 1 the closed form is wrong, or a sum lies beyond the limit of 12; 2 usage.
"""

import itertools
import sys

import numpy

UNIT = 2.0**-24
LIMITS = [5, 6, 7, 8, 12]


def mean_energy(total, energy, count):
    common = total * total * (count + 1) * (2 * count + 1) / (6 * count)
    return common + (energy - total * total / count) * (count + 1) / 6


def closed_form_holds():
    terms = numpy.array([3.0, -3, 2, -2, 1, 5])
    orders = [numpy.cumsum(order) for order in itertools.permutations(terms)]
    mean = numpy.mean([(sums * sums).sum() for sums in orders])
    return abs(mean - mean_energy(terms.sum(), (terms * terms).sum(), 6)) < 1e-9 * mean


def terms_of(kind, count, sums, random):
    drawn = random.standard_normal((count, sums))
    if kind == "sorted":
        drawn.sort(axis=0)
    if kind == "cancelling":
        drawn = drawn.astype(numpy.float32).astype(float)
        drawn[1::2] = 2.0**-6 * random.standard_normal((count // 2, sums)) - drawn[0::2]
    return drawn.astype(numpy.float32)


def path_energy(terms):
    """The largest of the forward and reversed order, eight lanes, and the mean over all orders."""
    count, sums = terms.shape
    forward = numpy.cumsum(terms, axis=0)
    reverse = forward[-1] - forward + terms
    lanes = numpy.cumsum(terms.reshape(count // 8, 8, sums), axis=0)
    ends = numpy.cumsum(lanes[-1], axis=0)
    return numpy.maximum.reduce([
        (forward * forward).sum(axis=0), (reverse * reverse).sum(axis=0),
        (lanes * lanes).sum(axis=(0, 1)) + (ends * ends).sum(axis=0),
        mean_energy(forward[-1], (terms * terms).sum(axis=0), count)])


def normalised_errors(terms, random):
    """|z| of the sums in one random order, accumulated in float32."""
    found = numpy.zeros(terms.shape[1], numpy.float32)
    for position in random.permutation(len(terms)):
        found += terms[position]
    exact = terms.astype(float)
    golden = exact.sum(axis=0)
    ulp = 2.0 ** (numpy.maximum(numpy.floor(numpy.log2(numpy.abs(golden))), -126) - 23)
    energy = path_energy(exact) + (exact * exact).sum(axis=0)
    return numpy.abs(found - golden) / numpy.sqrt(ulp * ulp / 12 + UNIT * UNIT / 3 * energy)


def main():
    if len(sys.argv) > 2 or not all(word.isdigit() and int(word) > 0 for word in sys.argv[1:]):
        print(__doc__.strip(), file=sys.stderr)
        return 2
    millions = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    if not closed_form_holds():
        print("the closed form differs from the mean over all orders")
        return 1
    print("terms       elements  RMS z", *(f"> {limit}" for limit in LIMITS), sep="  ")
    random = numpy.random.default_rng(11)
    is_beyond = False
    for kind in ("independent", "cancelling", "sorted"):
        beyond, elements, squares = numpy.zeros(len(LIMITS), int), 0, 0.0
        for count in (32, 64, 256):
            for _ in range(max(1, millions * 1_000_000 * 16 // (20_000 * count))):
                z = normalised_errors(terms_of(kind, count, 20_000, random), random)
                beyond += [(z > limit).sum() for limit in LIMITS]
                elements += len(z)
                squares += (z * z).sum()
        print(f"{kind:11} {elements:9,}  {(squares / elements) ** 0.5:.2f}", *beyond, sep="  ")
        is_beyond |= bool(beyond[-1])
    return int(is_beyond)


if __name__ == "__main__":
    sys.exit(main())
