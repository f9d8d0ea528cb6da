"""Fourier transforms, mel filters and n-grams."""

import numpy as np

from formulas import formula, reals

PI = np.longdouble("3.14159265358979323846264338327950288")


def turns(numerator, length, real):
    """cos and sin of 2π·numerator/length, reduced exactly to an eighth of a turn first."""
    def one(k):
        k = int(k) % length
        quarter, rest = divmod(4 * k, length)
        mirrored = 2 * rest > length
        angle = PI / 2 * np.longdouble(length - rest if mirrored else rest) / length
        c, s = np.cos(angle), np.sin(angle)
        if rest == 0:
            c, s = np.longdouble(1), np.longdouble(0)
        if mirrored:
            c, s = s, c
        return [(c, s), (-s, c), (-c, -s), (s, -c)][quarter]
    table = np.array([one(k) for k in range(length)], np.longdouble).astype(real)
    at = np.asarray(numerator) % length
    return table[at, 0], table[at, 1]


def transform(re, im, length, inverse, real):
    """Σ x[n]·e^(∓2πi·kn/N) along the last axis, cut to `length` or filled up with zeros."""
    n = min(length, re.shape[-1])
    k = np.arange(length)[:, None] * np.arange(n)[None, :]
    c, s = turns(k, length, real)
    s = s if inverse else -s
    re, im = re[..., None, :n], im[..., None, :n]
    y_re = np.sum(re * c - im * s, axis=-1, dtype=real)
    y_im = np.sum(re * s + im * c, axis=-1, dtype=real)
    return (y_re / real(length), y_im / real(length)) if inverse else (y_re, y_im)


@formula("DFT")
def fourier(case):
    x = reals(case, 0)
    axis = case.attribute("axis", 1) if case.version < 20 else int(case.input(2, np.int64(-2)))
    axis, inverse = axis % x.ndim, case.attribute("inverse", 0)
    onesided = case.attribute("onesided", 0)
    re = np.moveaxis(x[..., 0], axis, -1)
    im = np.moveaxis(x[..., 1], axis, -1) if x.shape[-1] == 2 else np.zeros_like(re)
    bins = re.shape[-1]
    whole = 2 * (bins - 1) if inverse and onesided else bins
    length = int(case.input(1, np.int64(whole)))
    if inverse and onesided:
        re, im = mirrored(re, im, length)
    re, im = transform(re, im, length, inverse, case.real)
    if onesided and not inverse:
        re, im = re[..., :length // 2 + 1], im[..., :length // 2 + 1]
    parts = [re] if inverse and onesided else [re, im]
    return [np.stack([np.moveaxis(part, -1, axis) for part in parts], axis=-1)]


def mirrored(re, im, length):
    """The whole spectrum of a real signal from its first half: X[N − k] is conjugate to X[k]."""
    shape = re.shape[:-1] + (length,)
    whole_re, whole_im = np.zeros(shape, re.dtype), np.zeros(shape, re.dtype)
    for k in range(min(length // 2 + 1, re.shape[-1])):
        middle = k == 0 or 2 * k == length
        whole_re[..., k], whole_im[..., k] = re[..., k], 0 if middle else im[..., k]
        if not middle:
            whole_re[..., length - k], whole_im[..., length - k] = re[..., k], -im[..., k]
    return whole_re, whole_im


@formula("STFT")
def short_time(case):
    """Frames of `frame_length`, `frame_step` apart, times the window."""
    x, step, window = reals(case, 0), int(case.input(1)), reals(case, 2)
    default = x.shape[1] if window is None else window.shape[0]
    length = int(case.input(3, np.int64(default)))
    window = np.ones(length, case.real) if window is None else window
    re = x[..., 0] if x.ndim == 3 else x
    im = x[..., 1] if x.ndim == 3 and x.shape[2] == 2 else np.zeros_like(re)
    starts = range(0, x.shape[1] - length + 1, step)
    frames = [transform(re[:, a:a + length] * window, im[:, a:a + length] * window, length, 0,
                        case.real) for a in starts]
    bins = length // 2 + 1 if case.attribute("onesided", 1) else length
    return [np.stack([np.stack([re[:, :bins], im[:, :bins]], -1) for re, im in frames], 1)]


@formula("MelWeightMatrix")
def mel(case):
    """Triangles between neighbouring edges, which are equally far apart on the mel scale; the
    bins of the edges are those of the standard's reference code, one of the legal readings."""
    bands, length, rate = (int(case.input(i)) for i in range(3))
    low, high = (np.longdouble(float(case.input(i))) for i in (3, 4))

    def to_mel(f):
        return 2595 * np.log10(1 + f / np.longdouble(700))
    edges = to_mel(low) + (to_mel(high) - to_mel(low)) / (bands + 2) * np.arange(
        bands + 2, dtype=np.longdouble)
    hertz = 700 * (np.longdouble(10) ** (edges / 2595) - 1)
    bins = [int(b) for b in np.floor((length + 1) * hertz / rate)]
    y = np.zeros((length // 2 + 1, bands), np.longdouble)
    for i in range(bands):
        left, middle, right = bins[i:i + 3]
        if middle == left:
            y[middle, i] = 1
        for j in range(left, middle + 1):
            if middle != left:
                y[j, i] = np.longdouble(j - left) / (middle - left)
        for j in range(middle, right):
            y[j, i] = np.longdouble(right - j) / (right - middle)
    return [y]


@formula("TfIdfVectorizer")
def grams(case):
    """Counts of the n-grams of a pool; items of an n-gram are 1 to max_skip_count + 1 apart."""
    x = case.input(0)
    rows = x if x.ndim == 2 else x[None, :]
    pool = case.attribute("pool_int64s") or case.attribute("pool_strings")
    starts = case.attribute("ngram_counts") + [len(pool)]
    places = case.attribute("ngram_indexes")
    least, largest = case.attribute("min_gram_length"), case.attribute("max_gram_length")
    y = np.zeros((rows.shape[0], max(places) + 1), np.longdouble)
    index = 0
    for n in range(1, len(starts)):
        for at in range(starts[n - 1], starts[n], n):
            wanted, place = pool[at:at + n], places[index]
            weight = case.attribute("weights", [1.0] * len(places))[index]
            index += 1
            if not least <= n <= largest:
                continue
            for r, row in enumerate(rows):
                count = counted(list(row), wanted, case.attribute("max_skip_count"))
                mode = case.attribute("mode")
                y[r, place] = (count if mode == "TF" else weight * (count > 0) if mode == "IDF"
                               else weight * count)
    return [y if x.ndim == 2 else y[0]]


def counted(row, wanted, skips):
    if len(wanted) == 1:
        return row.count(wanted[0])
    steps = range(1, min(skips, len(row)) + 2)
    return sum(row[start:start + step * len(wanted):step] == wanted
               for start in range(len(row)) for step in steps
               if start + step * (len(wanted) - 1) < len(row))
