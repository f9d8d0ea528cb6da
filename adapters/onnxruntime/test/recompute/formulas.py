"""The formulas of the standard's text: a function for each operator, of a case, to its outputs.

Real numbers are computed in the type `case.real`: extended precision (64 bits) for the exact
values, or a type of the processor for what plain steps in it would give. Integers are Python's.
Functions of one element are computed with mpmath at 300 bits.
"""

import numpy as np

FORMULAS = {}


def formula(*operators):
    def register(function):
        for each in operators:
            FORMULAS[each] = function
        return function
    return register


def reals(case, index, default=None):
    """An input in the type of the computation; None where it is left out."""
    value = case.exact(index, default)
    return None if value is None else value.astype(case.real)


def integers(case, index, default=None):
    """An input as a list of Python's integers; None where it is left out."""
    value = case.input(index)
    return default if value is None else [int(each) for each in np.asarray(value).ravel()]


def axes_of(case, rank, index=1, name="axes"):
    """Axes from an input or an attribute, none below zero; all of them where none are named."""
    axes = integers(case, index)
    if axes is None:
        axes = case.attribute(name)
    if axes is None or (not axes and not case.attribute("noop_with_empty_axes", 0)):
        return tuple(range(rank)) if axes is None or name == "axes" else tuple(axes)
    return tuple(axis % rank for axis in axes)


def sigmoid(x):
    with np.errstate(all="ignore"):
        return 1 / (1 + np.exp(-x))


def softmax(x, axis=-1):
    shifted = np.exp(x - np.max(x, axis=axis, keepdims=True))
    return shifted / np.sum(shifted, axis=axis, keepdims=True)
