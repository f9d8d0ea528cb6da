"""Reductions, products of matrices, pools, normalisations and losses."""

import itertools

import numpy as np

from elementwise import wrapped
from formulas import axes_of, formula, reals, softmax

NOTHING = {"ReduceProd": 1}


def reduced(case, x, function):
    """A function of Python lists over the reduced axes."""
    axes = axes_of(case, x.ndim)
    kept = [axis for axis in range(x.ndim) if axis not in axes]
    rows = x.transpose(kept + list(axes))
    shape = [1 if a in axes else n for a, n in enumerate(x.shape)]
    if not case.attribute("keepdims", 1):
        shape = [x.shape[a] for a in kept]
    count = int(np.prod([x.shape[a] for a in kept]))
    flat = [function(list(row)) for row in rows.reshape(count, int(x.size // max(count, 1)))]
    return np.array(flat, object).reshape(shape)


def product(values):
    result = 1
    for each in values:
        result *= each
    return result


def mean(values):
    """The mean of integers toward zero: whole in every case that is judged."""
    total = sum(values)
    return abs(total) // len(values) * (1 if total >= 0 else -1)


@formula("ReduceSum", "ReduceL1", "ReduceSumSquare", "ReduceProd", "ReduceMean")
def integer_reductions(case):
    by_name = {
        "ReduceSum": sum, "ReduceL1": lambda v: sum(map(abs, v)), "ReduceProd": product,
        "ReduceSumSquare": lambda v: sum(e * e for e in v), "ReduceMean": mean}
    y = reduced(case, case.exact(0), by_name[case.operator])
    return [wrapped(y, case.input(0).dtype)]


@formula("ReduceMax", "ReduceMin")
def extremes(case):
    """NaN of any position is the result; of no bools the minimum is true."""
    largest = case.operator == "ReduceMax"

    def one(values):
        if any(v != v for v in values):
            return np.longdouble("nan")
        if not values:
            return not largest
        return max(values) if largest else min(values)
    y = reduced(case, case.exact(0), one)
    return [y.astype(bool if case.input(0).dtype == bool else np.longdouble)]


@formula("ReduceLogSumExp")
def logarithms_of_sums(case):
    """log(sum(exp(x))), the largest taken out first: the same number without overflow."""
    def one(values):
        values = np.array(values, case.real)
        top = np.max(values)
        if not np.isfinite(top):
            return top
        return top + np.log(np.sum(np.exp(values - top)))
    return [reduced(case, reals(case, 0), one).astype(case.real)]


@formula("MatMulInteger")
def integer_products(case):
    """A zero point of A is a scalar or one for each row, of B one for each column."""
    a, b = case.exact(0), case.exact(1)
    return [dot(without(a, case.exact(2), row=True), without(b, case.exact(3), row=False))]


def without(x, zero, row):
    if zero is None:
        return x
    if zero.ndim == 1 and zero.size > 1:
        zero = zero[:, None] if row else zero[None, :]
    return x - (zero if zero.size > 1 else zero.ravel()[0])


def dot(a, b):
    """numpy.matmul of Python's integers, also of none."""
    batch = np.broadcast_shapes(a.shape[:-2], b.shape[:-2])
    a = np.broadcast_to(a, batch + a.shape[-2:])
    b = np.broadcast_to(b, batch + b.shape[-2:])
    y = np.zeros(batch + (a.shape[-2], b.shape[-1]), object)
    for place in np.ndindex(*y.shape):
        at = place[:-2]
        y[place] = sum(p * q for p, q in zip(a[at][place[-2]], b[at][:, place[-1]]))
    return y


@formula("QLinearMatMul")
def quantized_products(case):
    """saturate(round((a - za)·(b - zb) · sa·sb / sy) + zy), halves to even."""
    def factor(scale, row):
        if scale.ndim == 1 and scale.size > 1:
            return scale[:, None] if row else scale[None, :]
        return scale.ravel()[0]
    a = without(case.exact(0), case.exact(2), row=True)
    b = without(case.exact(3), case.exact(5), row=False)
    scale = factor(case.exact(1), True) * factor(case.exact(4), False) / case.exact(6).ravel()[0]
    real = dot(a, b).astype(np.longdouble) * scale
    limits = np.iinfo(case.input(7).dtype)
    codes = np.rint(real) + np.longdouble(int(case.input(7).ravel()[0]))
    return [np.clip(codes, limits.min, limits.max).astype(np.int64).astype(object)]


@formula("ConvInteger")
def integer_convolution(case):
    """Plain windows; the zero point of w is a scalar or one for each output channel."""
    x, w = case.exact(0), case.exact(1)
    x = x - (0 if case.input(2) is None else case.exact(2).ravel()[0])
    zero = case.exact(3)
    if zero is not None:
        w = w - (zero.reshape([-1] + [1] * (w.ndim - 1)) if zero.size > 1 else zero.ravel()[0])
    strides = case.attribute("strides", [1] * (x.ndim - 2))
    kernel = w.shape[2:]
    pads, n = case.attribute("pads", [0] * 2 * len(kernel)), len(kernel)
    x = np.pad(x, [(0, 0), (0, 0)] + list(zip(pads[:n], pads[n:])))
    shape = [(n - k) // s + 1 for n, k, s in zip(x.shape[2:], kernel, strides)]
    assert case.attribute("group", 1) == 1
    y = np.zeros([x.shape[0], w.shape[0]] + shape, object)
    for n, m, *place in np.ndindex(*y.shape):
        window = tuple(slice(p * s, p * s + k) for p, s, k in zip(place, strides, kernel))
        y[(n, m, *place)] = np.sum(x[(n, slice(None)) + window] * w[m])
    return [y]


@formula("MaxPool")
def maxima_of_windows(case):
    """The maximum of the elements that lie in the image; NaN of any place is the result."""
    x, kernel = case.exact(0), case.attribute("kernel_shape")
    n = len(kernel)
    pads, strides = case.attribute("pads", [0] * 2 * n), case.attribute("strides", [1] * n)
    dilations = case.attribute("dilations", [1] * n)
    shape = [(x.shape[2 + i] + pads[i] + pads[n + i] - dilations[i] * (kernel[i] - 1) - 1)
             // strides[i] + 1 for i in range(n)]
    y = np.zeros(list(x.shape[:2]) + shape, np.longdouble)
    for place in np.ndindex(*y.shape):
        steps = itertools.product(*(range(k) for k in kernel))
        at = [tuple(place[2 + i] * strides[i] - pads[i] + s[i] * dilations[i] for i in range(n))
              for s in steps]
        inside = [x[place[:2] + a] for a in at if all(0 <= a[i] < x.shape[2 + i] for i in range(n))]
        y[place] = np.max(np.array(inside, np.longdouble))  # numpy's maximum keeps NaN
    return [y]


@formula("GlobalMaxPool", "GlobalAveragePool", "GlobalLpPool")
def global_pools(case):
    x = reals(case, 0)
    axes, p = tuple(range(2, x.ndim)), case.real(case.attribute("p", 2))
    if case.operator == "GlobalMaxPool":
        return [np.max(x, axis=axes, keepdims=True)]
    if case.operator == "GlobalAveragePool":
        return [np.mean(x, axis=axes, keepdims=True)]
    return [np.sum(np.abs(x) ** p, axis=axes, keepdims=True) ** (1 / p)]


@formula("LRN")
def local_responses(case):
    """X / (bias + alpha / size * square_sum) ^ beta, of the channels from c − ⌊(size−1)/2⌋ to
    c + ⌈(size−1)/2⌉."""
    x, size = reals(case, 0), case.attribute("size")
    alpha, beta = case.attribute("alpha", np.float32(1e-4)), case.attribute("beta", 0.75)
    bias, channels = case.attribute("bias", 1.0), x.shape[1]
    y = np.zeros(x.shape, case.real)
    with np.errstate(all="ignore"):
        for c in range(channels):
            low, high = max(0, c - (size - 1) // 2), min(channels - 1, c + size // 2)
            squares = np.sum(x[:, low:high + 1] ** 2, axis=1)
            inner = case.real(bias) + case.real(alpha) / size * squares
            y[:, c] = x[:, c] / inner ** case.real(beta)
    return [y]


@formula("GroupNormalization")
def group_normalised(case):
    x, scale, bias = reals(case, 0), reals(case, 1), reals(case, 2)
    groups, n, c = case.attribute("num_groups"), *x.shape[:2]
    if not x.size:
        return [x]
    rows = x.reshape(n, groups, -1)
    centred = rows - np.mean(rows, axis=2, keepdims=True)
    variance = np.mean(centred * centred, axis=2, keepdims=True)
    y = centred / np.sqrt(variance + case.real(case.attribute("epsilon", np.float32(1e-5))))
    y = y.reshape(n, c, -1)
    if case.version < 21:
        scale, bias = np.repeat(scale, c // groups), np.repeat(bias, c // groups)
    return [(y * scale[:, None] + bias[:, None]).reshape(x.shape)]


@formula("MeanVarianceNormalization")
def mean_variance(case):
    """(X-EX)/sqrt(E(X-EX)^2); the body adds 1e-9 to the root."""
    x = reals(case, 0)
    axes = tuple(a % x.ndim for a in case.attribute("axes", [0, 2, 3]))
    centred = x - np.mean(x, axis=axes, keepdims=True)
    root = np.sqrt(np.mean(centred * centred, axis=axes, keepdims=True))
    return [centred / (root + case.real(np.float32(1e-9)))]


@formula("SoftmaxCrossEntropyLoss")
def losses(case):
    """loss[i] = −w[label]·log_softmax(x)[i][label]; further the logarithms themselves."""
    x, labels, weights = reals(case, 0), case.input(1), reals(case, 2)
    shifted = x - np.max(x, axis=1, keepdims=True)
    logarithms = shifted - np.log(np.sum(np.exp(shifted), axis=1, keepdims=True))
    classes = x.shape[1]
    weights = np.ones(classes, case.real) if weights is None else weights
    ignored = labels == case.attribute("ignore_index", -2 ** 40)
    safe = np.where(ignored, 0, labels)
    chosen = np.take_along_axis(logarithms, safe[:, None].astype(np.int64), axis=1)[:, 0]
    w = np.where(ignored, 0, weights[safe])
    loss = -chosen * w
    reduction = case.attribute("reduction", "mean")
    if reduction == "sum":
        loss = np.sum(loss)
    elif reduction == "mean":
        loss = np.sum(loss) / np.sum(w)
    return [np.asarray(loss), logarithms][:len(case.golden)]


@formula("Attention")
def attention(case):
    """softmax(scale·Q·Kᵀ + mask)·V, keys and values of grouped heads repeated."""
    q, k, v = (reals(case, i) for i in range(3))
    mask = case.input(3)
    if q.ndim == 3:
        heads, kv = case.attribute("q_num_heads"), case.attribute("kv_num_heads")
        q, k, v = (t.reshape(*t.shape[:2], h, -1).transpose(0, 2, 1, 3)
                   for t, h in ((q, heads), (k, kv), (v, kv)))
    repeats = q.shape[1] // k.shape[1]
    k, v = np.repeat(k, repeats, axis=1), np.repeat(v, repeats, axis=1)
    scale = case.attribute("scale")
    scale = 1 / np.sqrt(case.real(q.shape[-1])) if scale is None else case.real(scale)
    scores = np.matmul(q, k.swapaxes(-1, -2)) * scale
    if case.attribute("softcap", 0.0):
        scores = case.real(case.attribute("softcap")) * np.tanh(
            scores / case.real(case.attribute("softcap")))
    admitted = np.ones(scores.shape, bool)
    if mask is not None and mask.dtype == bool:
        admitted = admitted & mask
    elif mask is not None:
        scores = scores + reals(case, 3)
    if case.attribute("is_causal", 0):
        admitted = admitted & np.tril(np.ones(scores.shape[-2:], bool))
    scores = np.where(admitted, scores, -np.inf)
    dead = ~np.any(np.isfinite(scores), axis=-1, keepdims=True)
    weights = np.where(dead, 0, softmax(np.where(dead, 0, scores)))
    y = np.matmul(weights, v)
    if case.input(0).ndim == 3:
        y = y.transpose(0, 2, 1, 3).reshape(y.shape[0], y.shape[2], -1)
    return [y]
