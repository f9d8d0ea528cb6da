#!/usr/bin/env python3
"""Tests of recompute: formulas give published or hand-computed values, and errors are told."""

import os
import sys
import types
import unittest

import numpy as np

FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "recompute")
sys.path.insert(0, FOLDER)
import runpy  # noqa: E402

import casts  # noqa: E402
import elementwise  # noqa: E402
import images  # noqa: E402
import learned  # noqa: E402
import signals  # noqa: E402
import sums  # noqa: E402
import violations  # noqa: E402
from case import exact, unit  # noqa: E402
from formulas import FORMULAS  # noqa: E402

RECOMPUTE = runpy.run_path(os.path.join(FOLDER, "__main__.py"), run_name="recompute")


def case(operator, *inputs, version=24, real=np.longdouble, **attributes):
    """A case without files."""
    made = types.SimpleNamespace(operator=operator, version=version, real=real, open=None,
                                 inputs=list(inputs), attributes=attributes, golden=[None])

    def read(index, default=None):
        found = inputs[index] if index < len(inputs) else None
        return default if found is None else found
    made.input = read
    made.exact = lambda index, default=None: exact(read(index, default))
    made.attribute = lambda name, default=None: attributes.get(name, default)
    return made


def computed(operator, *inputs, **attributes):
    return FORMULAS[operator](case(operator, *inputs, **attributes))


class Formulas(unittest.TestCase):
    def test_elementary_functions_have_the_digits_of_tables(self):
        x = np.array([-20, 0.5], np.float64)
        found = computed("Sigmoid", x)[0].astype(np.float64)
        self.assertEqual(found.tolist(), [2.0611536181902037e-09, 0.6224593312018546])
        self.assertEqual(float(computed("Tanh", x)[0][1]), 0.46211715726000976)

    def test_a_conversion_rounds_once_and_ties_go_to_even(self):
        self.assertEqual(casts.converted(1 + 2.0 ** -11 + 2.0 ** -30, "float16", True),
                         1 + 2.0 ** -10)
        self.assertEqual(casts.converted(1 + 2.0 ** -11, "float16", True), 1)
        self.assertEqual(casts.converted(65519.99999999, "float16", True), 65504)
        self.assertEqual(casts.converted(65520.0, "float16", True), float("inf"))
        self.assertTrue(np.isnan(casts.converted(480.0, "float8_e4m3fn", False)))
        self.assertEqual(casts.converted(480.0, "float8_e4m3fn", True), 448)

    def test_integers_wrap_as_the_bits_of_their_type(self):
        found = elementwise.wrapped(np.array([10 ** 10, -1], object), np.int32)
        self.assertEqual(found.tolist(), [1410065408, -1])

    def test_a_transform_of_three_points_is_that_of_its_sum(self):
        re, im = signals.transform(
            np.array([[1, 2, 4]], np.longdouble), np.zeros((1, 3), np.longdouble), 3, 0,
            np.longdouble)
        self.assertEqual([float(v) for v in re[0]], [7, -2, -2])
        self.assertAlmostEqual(float(im[0][1]), 3 ** 0.5, 15)
        self.assertEqual(float(im[0][0]), 0)

    def test_a_missing_feature_follows_its_own_attribute(self):
        self.assertFalse(learned.takes_true(5, float("nan"), 0.5, missing=0))
        self.assertTrue(learned.takes_true(5, 1.0, 0.5, missing=0))

    def test_cubic_weights_add_up_to_one(self):
        found = dict(images.weights(np.longdouble(2.25), "cubic"))
        self.assertAlmostEqual(float(sum(found.values())), 1, 15)
        self.assertAlmostEqual(float(found[1]), -0.10546875, 15)

    def test_an_empty_product_of_matrices_is_zero(self):
        nothing = sums.dot(np.zeros((2, 0), object), np.zeros((0, 3), object))
        self.assertEqual(nothing.tolist(), [[0, 0, 0], [0, 0, 0]])


class Verdicts(unittest.TestCase):
    def test_a_golden_off_by_a_unit_is_told(self):
        value = np.array([1 / np.longdouble(3), 2])
        golden = value.astype(np.float32)
        self.assertEqual(RECOMPUTE["misses"](golden, value, None), 0)
        golden[0] = np.nextafter(golden[0], np.float32(1))
        self.assertEqual(RECOMPUTE["misses"](golden, value, None), 1)
        self.assertEqual(RECOMPUTE["misses"](golden, value, np.array([True, False])), 0)

    def test_zeros_classes_and_shapes_of_a_result_are_told(self):
        value = np.array([0, 1], np.longdouble)
        of_zero = RECOMPUTE["error"](np.array([-0.0, 1], np.float32), value)
        self.assertIn("1 zeros of the other sign", of_zero)
        self.assertIn("of another class",
                      RECOMPUTE["error"](np.array([0, np.nan], np.float32), value))
        self.assertEqual(RECOMPUTE["error"](np.zeros(3, np.float32), value),
                         "shape [3] for [2]")

    def test_the_unit_of_subnormal_numbers_is_constant(self):
        self.assertEqual(float(unit(2.0 ** -149, np.float32)), 2.0 ** -149)
        self.assertEqual(float(unit(2.0 ** -126, np.float32)), 2.0 ** -149)
        self.assertEqual(float(unit(1.0, np.float16)), 2.0 ** -10)

    def test_only_a_broken_sentence_is_a_violation(self):
        x, slope = np.zeros((2, 3), np.float32), np.zeros((2, 2, 3), np.float32)
        self.assertIsNone(violations.broken(case("PRelu", x, slope[0])))
        self.assertIsNotNone(violations.broken(case("PRelu", x, slope)))


if __name__ == "__main__":
    unittest.main()
