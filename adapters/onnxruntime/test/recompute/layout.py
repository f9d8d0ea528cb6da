"""Operators that move elements, and those of texts."""

import numpy as np

from formulas import formula, integers


@formula("Gather")
def gathered(case):
    return [np.take(case.input(0), case.input(1).astype(np.int64), axis=case.attribute("axis", 0))]


@formula("Squeeze")
def squeezed(case):
    """No axes at all are named by an empty list: nothing goes."""
    x = case.input(0)
    axes = integers(case, 1) if case.version >= 13 else case.attribute("axes")
    if axes is None:
        axes = [a for a, n in enumerate(x.shape) if n == 1]
    axes = [a % x.ndim for a in axes]
    return [x.reshape([n for a, n in enumerate(x.shape) if a not in axes])]


@formula("Pad")
def padded(case):
    """Zeros, or the given constant, at the ends of the named axes; negative pads cut."""
    x, pads = case.exact(0), integers(case, 1)
    axes = integers(case, 3)
    axes = list(range(x.ndim)) if axes is None else [a % x.ndim for a in axes]
    assert case.attribute("mode", "constant") == "constant"
    value = case.exact(2)
    value = 0 if value is None or not value.size else value.ravel()[0]
    half = len(axes)
    for i, axis in enumerate(axes):
        before, after = pads[i], pads[half + i]
        inside = [slice(None)] * x.ndim
        inside[axis] = slice(max(0, -before), x.shape[axis] - max(0, -after))
        x = x[tuple(inside)]
        width = [(0, 0)] * x.ndim
        width[axis] = (max(0, before), max(0, after))
        x = np.pad(x, width, constant_values=value)
    return [x]


@formula("CenterCropPad")
def centred(case):
    """An odd difference leaves the smaller half at the start, of cuts and of padding."""
    x = case.exact(0)
    axes = case.attribute("axes", list(range(x.ndim)))
    for size, axis in zip(integers(case, 1), axes):
        n = x.shape[axis]
        if size <= n:
            start = (n - size) // 2
            x = np.take(x, range(start, start + size), axis=axis)
        else:
            width = [(0, 0)] * x.ndim
            width[axis] = ((size - n) // 2, (size - n) - (size - n) // 2)
            x = np.pad(x, width)
    return [x]


@formula("OneHot")
def one_hot(case):
    """Version 9: values outside the range [0, depth) give rows of 'off_value' only."""
    indices, depth = case.exact(0), int(case.input(1).ravel()[0])
    off, on = case.exact(2)
    axis = case.attribute("axis", -1) % (indices.ndim + 1)
    y = np.full(indices.shape + (depth,), off)
    for place in np.ndindex(*indices.shape):
        index = int(indices[place])
        if case.version >= 11 and -depth <= index < 0:
            index += depth
        if 0 <= index < depth:
            y[place + (index,)] = on
    return [np.moveaxis(y, -1, axis)]


def better(reduction):
    """NaN on either side is the result."""
    if reduction == "max":
        return lambda a, b: a if a != a else b if b != b else max(a, b)
    return lambda a, b: a if a != a else b if b != b else min(a, b)


@formula("ScatterElements", "ScatterND")
def scattered(case):
    y, indices, updates = case.exact(0).copy(), case.input(1), case.exact(2)
    choose = better(case.attribute("reduction"))
    axis = case.attribute("axis", 0)
    for place in np.ndindex(*indices.shape[:-1 if case.operator == "ScatterND" else None]):
        if case.operator == "ScatterND":
            at = tuple(int(i) for i in indices[place])
        else:
            at = list(place)
            at[axis] = int(indices[place])
            at = tuple(at)
        y[at] = choose(y[at], updates[place])
    return [y]


@formula("SplitToSequence")
def sequence(case):
    """If input 'split' is specified, keepdims is ignored."""
    x, axis, split = case.input(0), case.attribute("axis", 0), case.input(1)
    n = x.shape[axis]
    if split is None:
        parts = np.split(x, n, axis=axis)
        return [[p if case.attribute("keepdims", 1) else p.squeeze(axis) for p in parts]]
    lengths = [int(s) for s in split.ravel()]
    if split.ndim == 0:
        lengths = [min(lengths[0], n - a) for a in range(0, n, lengths[0])]
    return [np.split(x, np.cumsum(lengths)[:-1], axis=axis)]


@formula("StringSplit")
def words(case):
    """Without a delimiter: consecutive whitespace is one separator, at the ends it is removed."""
    x, delimiter = case.input(0), case.attribute("delimiter", "")
    most = case.attribute("maxsplit", -1)
    parts = [text.split(delimiter or None, most) for text in x.ravel()]
    width = max((len(p) for p in parts), default=0)
    y = np.array([p + [""] * (width - len(p)) for p in parts], object)
    counts = np.array([len(p) for p in parts], object)
    return [y.reshape(x.shape + (width,)), counts.reshape(x.shape)]


@formula("StringNormalizer")
def normalized(case):
    """Stop words go first, then letters change; nothing left is one empty text."""
    x = case.input(0)
    stop, exact = case.attribute("stopwords", []), case.attribute("is_case_sensitive", 0)
    key = (lambda t: t) if exact else str.lower
    stop = {key(word) for word in stop}
    change = {"LOWER": str.lower, "UPPER": str.upper}.get(
        case.attribute("case_change_action", "NONE"), lambda t: t)
    kept = [change(t) for t in x.ravel() if key(t) not in stop] or [""]
    return [np.array(kept, object).reshape((1, -1) if x.ndim == 2 else (-1,))]


@formula("MaxUnpool")
def unpooled(case):
    """Indices count in the tensor that kernel, strides and pads give, or in the output."""
    x, indices, wanted = case.exact(0), case.input(1), integers(case, 2)
    kernel = case.attribute("kernel_shape")
    n = len(kernel)
    strides, pads = case.attribute("strides", [1] * n), case.attribute("pads", [0] * 2 * n)
    sizes = [(x.shape[2 + i] - 1) * strides[i] - pads[i] - pads[n + i] + kernel[i]
             for i in range(n)]
    readings = []
    for counted in [wanted, list(x.shape[:2]) + sizes]:
        y = np.zeros(wanted or counted, np.longdouble)
        places = np.unravel_index(indices.ravel(), counted)
        if all(np.all(p < m) for p, m in zip(places, y.shape)):
            y[places] = x.ravel()
            readings.append(y)
    return [readings[0]]
