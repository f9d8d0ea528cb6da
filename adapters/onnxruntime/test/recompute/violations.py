"""Sentences of the standard that a rejected model breaks, found in model and inputs themselves.

`broken(case)` is the sentence, or None where none of those below is broken.
"""

import numpy as np

RULES = {}


def rule(operator, sentence):
    def register(test):
        RULES.setdefault(operator, []).append((sentence, test))
        return test
    return register


def broken(case):
    for sentence, test in RULES.get(case.operator, []):
        if test(case):
            return sentence
    return None


def shape(case, index):
    return np.shape(case.input(index)) if case.input(index) is not None else None


def unknown(name, *known):
    """Whether an attribute has a word that the text does not list."""
    return lambda case: case.attribute(name) is not None and case.attribute(name) not in known


def labels_outside(case):
    x, labels = case.input(0), case.input(1)
    ignored = labels == case.attribute("ignore_index", -2 ** 40)
    return bool(np.any(~ignored & ((labels < 0) | (labels >= x.shape[1]))))


def losses_misfit(case):
    x, labels = shape(case, 0), shape(case, 1)
    weights = shape(case, 2)
    return labels != x[:1] + x[2:] or (weights is not None and weights != (x[1],))


for name in ("NegativeLogLikelihoodLoss", "SoftmaxCrossEntropyLoss"):
    rule(name, "element value shall be in range of [0, C)")(
        lambda case: not losses_misfit(case) and labels_outside(case))
    rule(name, "Type of reduction to apply to loss: none, sum, mean")(
        unknown("reduction", "none", "sum", "mean"))
    rule(name, "(N, C, d1, …, dk) and (N, d1, …, dk); weight: a 1D Tensor of C")(losses_misfit)

rule("CenterCropPad", "axes … specifies a subset of axes that 'shape' refer to")(
    lambda case: case.input(1).size != len(case.attribute("axes", shape(case, 0))))
rule("CenterCropPad", "shape … representing the cropping window dimensions")(
    lambda case: min(case.input(1), default=0) < 0)
rule("Col2Im", "1-dimensional tensor with size of at least 2")(
    lambda case: case.input(1).size < 2)
rule("Col2Im", "pads … can take any value greater than or equal to 0")(
    lambda case: min(case.attribute("pads", [0])) < 0)
rule("Compress", "condition: Rank 1 tensor of booleans")(lambda case: case.input(1).ndim != 1)
rule("Compress", "Tensor of rank r >= 1")(lambda case: case.input(0).ndim < 1)

VALUES = {1: {"value"}, 9: {"value"}, 11: {"value", "sparse_value"}}
ALL_VALUES = {"value", "sparse_value", "value_float", "value_floats", "value_int", "value_ints",
              "value_string", "value_strings"}
rule("Constant", "exactly one of the attributes of this version must be specified")(
    lambda case: len(case.attributes) != 1
    or not set(case.attributes) <= VALUES.get(case.version, ALL_VALUES))
rule("DFT", "The axis as a scalar")(lambda case: case.input(2).ndim != 0)
rule("GridSample", "only spatial (4-D) inputs are supported")(
    lambda case: case.version == 16 and case.input(0).ndim != 4)
rule("GroupNormalization", "scale and bias … for each channel: shape (C)")(
    lambda case: case.version >= 21 and (shape(case, 1) != shape(case, 0)[1:2]
                                         or shape(case, 2) != shape(case, 0)[1:2]))
rule("Imputer", "the length of the attribute array may be 1 or F")(
    lambda case: len(case.attribute("imputed_value_floats", [0])) not in (1, shape(case, 0)[-1]))


def classes(case):
    return len(case.attribute("classlabels_ints") or case.attribute("classlabels_strings"))


rule("LinearRegressor", "M sets of coefficients must be passed in")(
    lambda case: len(case.attribute("coefficients"))
    != shape(case, 0)[-1] * case.attribute("targets", 1))
rule("LinearRegressor", "if provided must match the number of targets")(
    lambda case: len(case.attribute("intercepts", [0] * case.attribute("targets", 1)))
    != case.attribute("targets", 1))
rule("MaxUnpool", "it can take any value greater than or equal to 0")(
    lambda case: min(case.attribute("pads", [0])) < 0)
rule("MeanVarianceNormalization", "axes … along which to reduce: of the input")(
    lambda case: any(not -case.input(0).ndim <= a < case.input(0).ndim
                     for a in case.attribute("axes", [0, 2, 3])))
rule("OneHotEncoder", "the cats_int64s category list will be used for the lookups")(
    lambda case: case.input(0).dtype.kind in "fi" and case.attribute("cats_int64s") is None)


def enlarges(case):
    x, slope = shape(case, 0), shape(case, 1)
    if len(slope) > len(x):
        return True
    return any(s not in (1, n) for s, n in zip(slope[::-1], x[::-1]))


rule("PRelu", "slope should be unidirectional broadcastable to input tensor X")(enlarges)
rule("Pad", "Three modes: constant(default), reflect, edge")(
    lambda case: case.version < 19 and unknown("mode", "constant", "reflect", "edge")(case))
rule("Reshape", "allowzero: invalid … to contain both a zero value and -1")(
    lambda case: case.attribute("allowzero", 0) == 1 and {0, -1} <= set(case.input(1).tolist()))
rule("ReverseSequence", "Must be one of 0 (default), or 1")(
    lambda case: case.attribute("time_axis", 0) not in (0, 1)
    or case.attribute("batch_axis", 1) not in (0, 1))
rule("RoiAlign", "Allowed values are 'half_pixel' and 'output_half_pixel'")(
    unknown("coordinate_transformation_mode", "half_pixel", "output_half_pixel"))
rule("RoiAlign", "Two modes are supported: 'avg' and 'max'")(unknown("mode", "avg", "max"))
rule("RotaryEmbedding", "head_size has to be even")(
    lambda case: (shape(case, 0)[-1] if case.input(0).ndim == 4 else
                  shape(case, 0)[-1] // case.attribute("num_heads")) % 2 == 1)
rule("STFT", "if the input or window tensors are complex, then onesided … not possible")(
    lambda case: case.attribute("onesided", 1) == 1 and shape(case, 0)[2:] == (2,))
rule("STFT", "expected to have rank 3, one or two parts to an element")(
    lambda case: shape(case, 0)[2:] not in ((1,), (2,)))
rule("STFT", "`window` must be a 1-D tensor, of the length of a frame")(
    lambda case: case.input(2) is not None and (case.input(2).ndim != 1 or (
        case.input(3) is not None and case.input(2).size != int(case.input(3)))))
for name in ("ScatterElements", "ScatterND"):
    rule(name, "none (default), add, mul; from version 18 on max, min")(
        lambda case: unknown("reduction", "none", "add", "mul", *(
            ("max", "min") if case.version >= 18 else ()))(case))
rule("TfIdfVectorizer", "Only one of pool_strings and pool_int64s can be set")(
    lambda case: {"pool_strings", "pool_int64s"} <= set(case.attributes))
rule("TfIdfVectorizer", "pool_strings: of strings, pool_int64s: of integers, as the input is")(
    lambda case: (case.input(0).dtype.kind in "OU") == ("pool_int64s" in case.attributes))
rule("TfIdfVectorizer", "weights: must match that of pool and ngram_indexes")(
    lambda case: case.attribute("weights") is not None
    and len(case.attribute("weights")) != len(case.attribute("ngram_indexes")))
rule("TreeEnsemble", "nodes_modes … an enumeration of 0 to 6")(
    lambda case: max(modes(case)) > 6)


def modes(case):
    import onnx
    return onnx.numpy_helper.to_array(case.attribute("nodes_modes")).ravel().tolist()


def sets(case):
    import onnx
    given = case.attribute("membership_values")
    values = [] if given is None else np.asarray(
        onnx.numpy_helper.to_array(given), np.float64).ravel()
    delimiters = int(np.sum(np.isnan(values)))
    trailing = len(values) and np.isnan(values[-1])
    return {0} if not len(values) else {delimiters} if trailing else {delimiters + 1}


rule("TreeEnsemble", "the same number of sets of values as nodes with mode 'BRANCH_MEMBER'")(
    lambda case: modes(case).count(6) not in sets(case))


def unequal(prefix):
    def test(case):
        lengths = {len(v) for k, v in case.attributes.items()
                   if k.startswith(prefix) and isinstance(v, list) and v}
        return len(lengths) > 1
    return test


for name, votes in (("TreeEnsembleClassifier", "class_"), ("TreeEnsembleRegressor", "target_")):
    rule(name, "fields of one prefix are tuples: of equal length")(unequal("nodes_"))
    rule(name, "fields of one prefix are tuples: of equal length")(unequal(votes))
rule("Upsample", "Two interpolation modes: nearest (default), and linear")(
    unknown("mode", "nearest", "linear"))
