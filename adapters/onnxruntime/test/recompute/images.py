"""Operators on images, regions and grids."""

import itertools

import numpy as np

from formulas import formula, integers, reals


def centres(n, align, real):
    """Places of n elements in [−1, 1]: ends at −1 and 1, or centres of n equal parts."""
    steps = np.arange(n, dtype=real)
    if align:
        return 2 * steps / real(max(n - 1, 1)) - 1
    return (2 * steps + 1) / real(n) - 1


@formula("AffineGrid")
def affine(case):
    theta, size = reals(case, 0), integers(case, 1)
    align = case.attribute("align_corners", 0)
    axes = [centres(n, align, case.real) for n in size[2:]]
    mesh = np.meshgrid(*axes, indexing="ij")
    ones = np.ones(tuple(size[2:]), case.real)
    points = np.stack(list(mesh[::-1]) + [ones], axis=-1)  # x, y, (z,) 1
    return [np.einsum("nij,...j->n...i", theta, points)]


def within(c, n, align, mode, clamped=True):
    """A coordinate under a padding mode: border clamps, reflection mirrors at the edges.

    What then lies beyond the outermost centres is moved there unless `clamped` is false, as for
    cubic weights, which reach into the mirror image.
    """
    if mode == "border":
        return min(max(c, np.longdouble(0)), np.longdouble(n - 1))
    if mode == "reflection":
        low, high = (0, n - 1) if align else (-0.5, n - 0.5)
        span = np.longdouble(high - low)
        if span == 0:
            return np.longdouble(0)
        c = abs(c - low) % (2 * span)
        c = low + (2 * span - c if c > span else c)
        if not clamped:
            return c
        return min(max(c, np.longdouble(0)), np.longdouble(n - 1))
    return c


def weights(c, mode):
    """Neighbours of a coordinate and their weights; cubic with the coefficient −0.75."""
    low = int(np.floor(c))
    t = c - low
    if mode == "nearest":
        return [(int(np.rint(c)), np.longdouble(1))]
    if mode == "linear":
        return [(low, 1 - t), (low + 1, t)]
    a = np.longdouble(-0.75)

    def near(s):
        return ((a + 2) * s - (a + 3)) * s * s + 1

    def far(s):
        return ((a * s - 5 * a) * s + 8 * a) * s - 4 * a
    return [(low - 1, far(1 + t)), (low, near(t)), (low + 1, near(1 - t)), (low + 2, far(2 - t))]


@formula("GridSample")
def sampled(case):
    x, grid = case.exact(0), case.exact(1)
    mode = {"bilinear": "linear", "bicubic": "cubic"}.get(
        case.attribute("mode", "linear"), case.attribute("mode", "linear"))
    align, padding = case.attribute("align_corners", 0), case.attribute("padding_mode", "zeros")
    sizes = x.shape[2:]
    y = np.zeros(x.shape[:2] + grid.shape[1:-1], np.longdouble)
    undecided = np.zeros(y.shape, bool)
    for place in np.ndindex(*grid.shape[:-1]):
        lists = []
        for g, n in zip(grid[place][::-1], sizes):
            c = (g + 1) / 2 * (n - 1) if align else ((g + 1) * n - 1) / 2
            far = padding == "zeros" and not -3 < c < n + 3
            if not np.isfinite(c):  # nothing is said of such a place
                undecided[(place[0], slice(None)) + place[1:]] = True
            far = far or not np.isfinite(c)
            moved = c if far else within(c, n, align, padding, clamped=mode != "cubic")
            lists.append([] if far else weights(moved, mode))
        for choice in itertools.product(*lists):
            index = [i for i, _ in choice]
            if padding != "zeros":
                index = [int(within(np.longdouble(i), n, align, padding))
                         for i, n in zip(index, sizes)]
            if all(0 <= i < n for i, n in zip(index, sizes)):
                weight = np.prod([w for _, w in choice])
                y[(place[0], slice(None)) + place[1:]] += weight * x[
                    (place[0], slice(None), *index)]
    case.open = [undecided]
    return [y]


def bilinear(image, y, x, real):
    """The value at a place that lies inside of the image."""
    height, width = image.shape
    top, left = min(int(np.floor(y)), height - 1), min(int(np.floor(x)), width - 1)
    bottom, right = min(top + 1, height - 1), min(left + 1, width - 1)
    dy, dx = real(y - top), real(x - left)
    terms = [((1 - dy) * (1 - dx), image[top, left]), ((1 - dy) * dx, image[top, right]),
             (dy * (1 - dx), image[bottom, left]), (dy * dx, image[bottom, right])]
    return sum(w * v for w, v in terms if w != 0)


@formula("RoiAlign")
def aligned(case):
    """The value of the sampled locations are computed directly through bilinear interpolation;
    places beyond the outermost centres are no part of what is computed here: NaN."""
    x, rois, images = reals(case, 0), reals(case, 1), integers(case, 2)
    height, width = case.attribute("output_height", 1), case.attribute("output_width", 1)
    ratio, scale = case.attribute("sampling_ratio", 0), case.real(
        case.attribute("spatial_scale", 1.0))
    shifted = case.version >= 16 and case.attribute(
        "coordinate_transformation_mode", "half_pixel") == "half_pixel"
    pool = np.max if case.attribute("mode", "avg") == "max" else np.mean
    y = np.full((len(rois), x.shape[1], height, width), np.nan, case.real)
    for r, c, i, j in np.ndindex(*y.shape):
        x1, y1, x2, y2 = rois[r] * scale - (case.real(0.5) if shifted else 0)
        if not shifted:
            x2, y2 = max(x2, x1 + 1), max(y2, y1 + 1)
        cell_h, cell_w = (y2 - y1) / height, (x2 - x1) / width
        down = ratio or int(np.ceil(cell_h))
        across = ratio or int(np.ceil(cell_w))
        places = [(y1 + cell_h * (i + (a + case.real(0.5)) / down),
                   x1 + cell_w * (j + (b + case.real(0.5)) / across))
                  for a in range(down) for b in range(across)]
        if all(0 <= v <= x.shape[2] - 1 and 0 <= u <= x.shape[3] - 1 for v, u in places):
            values = [bilinear(x[images[r], c], v, u, case.real) for v, u in places]
            y[r, c, i, j] = pool(np.array(values, case.real))
    case.open = [np.isnan(y) & ~np.isnan(np.asarray(case.golden[0], np.float64))]
    return [y]


@formula("MaxRoiPool")
def pooled_regions(case):
    """Fast R-CNN: rounded corners both belong to the region, cells divide it."""
    x, rois = case.exact(0), case.exact(1)
    height, width = case.attribute("pooled_shape")
    scale = np.longdouble(case.attribute("spatial_scale", 1.0))
    y = np.zeros((len(rois), x.shape[1], height, width), np.longdouble)
    for r, c, i, j in np.ndindex(*y.shape):
        x1, y1, x2, y2 = (int(np.floor(v * scale + np.longdouble(0.5))) for v in rois[r][1:])
        rows = cell(y1, y2, i, height, x.shape[2])
        columns = cell(x1, x2, j, width, x.shape[3])
        inside = x[int(rois[r][0]), c][rows, columns]
        y[r, c, i, j] = np.max(inside) if inside.size else 0
    return [y]


def cell(first, last, index, count, limit):
    extent = max(last - first + 1, 1)
    start = first + index * extent // count
    end = first + -(-(index + 1) * extent // count)
    return slice(max(start, 0), min(max(end, 0), limit))


@formula("Resize")
def resized(case):
    """tf_crop_and_resize, the only mode of the failing cases: x = start·(n−1) + i·(end−start)·
    (n−1)/(m−1), of one element the middle; beyond the image the extrapolation value."""
    x = case.exact(0)
    axes = [a % x.ndim for a in case.attribute("axes", list(range(x.ndim)))]
    roi, scales, sizes = case.exact(1), case.exact(2), case.exact(3)
    half = len(axes)
    outside = np.longdouble(case.attribute("extrapolation_value", 0.0))
    assert case.attribute("coordinate_transformation_mode") == "tf_crop_and_resize"
    missing = np.zeros((), bool)
    for at, axis in enumerate(axes):
        n, start, end = x.shape[axis], roi[at], roi[half + at]
        if sizes is not None and sizes.size:
            m = int(sizes[at])
        else:
            m = int(np.floor(n * (end - start) * scales[at]))
        if m > 1:
            places = start * (n - 1) + np.arange(m) * (end - start) * (n - 1) / np.longdouble(
                m - 1)
        else:
            places = np.full(m, (start + end) / 2 * (n - 1))
        beyond = (places < 0) | (places > n - 1)
        x = along(x, axis, np.clip(places, 0, n - 1), case.attribute("mode", "nearest"),
                  case.attribute("nearest_mode", "round_prefer_floor"))
        shape = [1] * x.ndim
        shape[axis] = m
        missing = missing | beyond.reshape(shape)
    return [np.where(missing, outside, x)]


def along(x, axis, places, mode, rounding):
    """Elements of one axis at places between the first and the last."""
    if mode == "nearest":
        floor = np.floor(places)
        rest = places - floor
        by_name = {"floor": floor, "ceil": np.ceil(places),
                   "round_prefer_floor": floor + (rest > 0.5),
                   "round_prefer_ceil": floor + (rest >= 0.5)}
        return np.take(x, by_name[rounding].astype(int), axis=axis)
    low = np.minimum(np.floor(places).astype(int), max(x.shape[axis] - 2, 0))
    shape = [1] * x.ndim
    shape[axis] = len(places)
    t = (places - low).reshape(shape)
    high = np.minimum(low + 1, x.shape[axis] - 1)
    return np.take(x, low, axis=axis) * (1 - t) + np.take(x, high, axis=axis) * t


@formula("DeformConv")
def deformed(case):
    """Sums of taps over places that the offsets move; zero outside of the padded image."""
    x, w, offset = (reals(case, i) for i in range(3))
    bias, mask = reals(case, 3), reals(case, 4)
    n = x.ndim - 2
    kernel = w.shape[2:]
    strides, pads = case.attribute("strides", [1] * n), case.attribute("pads", [0] * 2 * n)
    dilations, group = case.attribute("dilations", [1] * n), case.attribute("group", 1)
    shared = x.shape[1] // case.attribute("offset_group", 1)
    shape = offset.shape[2:]
    y = np.zeros((x.shape[0], w.shape[0]) + shape, case.real)
    taps = list(np.ndindex(*kernel))
    for b, m, *place in np.ndindex(*y.shape):
        per = w.shape[1]
        first = m // (w.shape[0] // group) * per
        for c, (t, tap) in itertools.product(range(per), enumerate(taps)):
            owner = (first + c) // shared
            moved = offset[b].reshape((-1, len(taps), n) + shape)[(owner, t, slice(None), *place)]
            at = [place[i] * strides[i] - pads[i] + tap[i] * dilations[i] + moved[i]
                  for i in range(n)]
            value = linear(x[b, first + c], at)
            factor = 1 if mask is None else mask[b].reshape((-1, len(taps)) + shape)[
                (owner, t, *place)]
            y[(b, m, *place)] += w[(m, c) + tap] * value * factor
        y[(b, m, *place)] += 0 if bias is None else bias[m]
    return [y]


def linear(image, at):
    """Multilinear interpolation, neighbours outside of the image count as zero."""
    lists = [weights(c, "linear") for c in at]
    total = image.dtype.type(0)
    for choice in itertools.product(*lists):
        index = tuple(i for i, _ in choice)
        if all(0 <= i < n for i, n in zip(index, image.shape)):
            total += np.prod([w for _, w in choice]) * image[index]
    return total
