"""Operators of ai.onnx.ml."""

import struct

import numpy as np
import onnx

from formulas import formula, reals, sigmoid, softmax


def transformed(case, scores):
    """post_transform: NONE, SOFTMAX along the scores of a row, LOGISTIC."""
    name = case.attribute("post_transform", "NONE")
    if isinstance(name, int):
        name = ["NONE", "SOFTMAX", "LOGISTIC"][name]
    if name == "NONE":
        return scores
    return softmax(scores) if name == "SOFTMAX" else sigmoid(scores)


@formula("LabelEncoder")
def encoded(case):
    """Version 2 compares bit by bit; from version 4 on the last key of several counts."""
    kinds = {"floats": -0.0, "int64s": -1, "strings": "_Unused"}
    keys, key_kind = next((case.attribute("keys_" + k), k) for k in kinds
                          if case.attribute("keys_" + k) is not None)
    values, kind = next((case.attribute("values_" + k), k) for k in kinds
                        if case.attribute("values_" + k) is not None)
    default = case.attribute("default_" + kind[:-1], kinds[kind])
    bits = case.version == 2 and key_kind == "floats"

    def name(key):
        if isinstance(key, float) and key != key:
            return "NaN"
        return struct.pack("<f", key) if bits else key
    table = {}
    for key, value in zip(keys, values):
        table[name(key)] = value
    flat = [table.get(name(v.item() if hasattr(v, "item") else v), default)
            for v in case.input(0).ravel()]
    y = np.array(flat, object if kind != "floats" else np.longdouble)
    return [y.reshape(case.input(0).shape)]


def labels_of(case, scores):
    labels = case.attribute("classlabels_ints") or case.attribute("classlabels_int64s") or (
        case.attribute("classlabels_strings"))
    return np.array([labels[int(np.argmax(row))] for row in scores], object)


@formula("LinearClassifier")
def classified(case):
    x = reals(case, 0)
    classes = len(case.attribute("classlabels_ints") or case.attribute("classlabels_strings"))
    coefficients = np.array(case.attribute("coefficients"), case.real).reshape(classes, -1)
    scores = x @ coefficients.T + np.array(
        case.attribute("intercepts", [0.0] * classes), case.real)
    return [labels_of(case, scores), transformed(case, scores)]


@formula("Normalizer")
def normalised(case):
    """Max: Y = X / max(X), L1: Y = X / sum(X), L2: Y = sqrt(X^2 / sum(X^2)}"""
    x = reals(case, 0)
    rows = x if x.ndim == 2 else x[None, :]
    norm = case.attribute("norm", "MAX")
    if norm == "MAX":
        y = rows / np.max(rows, axis=1, keepdims=True)
    elif norm == "L1":
        y = rows / np.sum(rows, axis=1, keepdims=True)
    else:
        y = np.sqrt(rows ** 2 / np.sum(rows ** 2, axis=1, keepdims=True))
    return [y.reshape(x.shape)]


@formula("SVMRegressor")
def machine(case):
    """Σ coefficient·⟨vector, x⟩ + rho, the kernel LINEAR, which is the default."""
    x = reals(case, 0)
    assert case.attribute("kernel_type", "LINEAR") == "LINEAR"
    vectors = np.array(case.attribute("support_vectors"), case.real).reshape(
        case.attribute("n_supports"), -1)
    scores = (x @ vectors.T) @ np.array(case.attribute("coefficients"), case.real)
    return [transformed(case, (scores + case.real(case.attribute("rho")[0]))[:, None])]


COMPARISONS = [
    lambda a, b: a <= b, lambda a, b: a < b, lambda a, b: a >= b, lambda a, b: a > b,
    lambda a, b: a == b, lambda a, b: a != b]
NAMES = ["BRANCH_LEQ", "BRANCH_LT", "BRANCH_GTE", "BRANCH_GT", "BRANCH_EQ", "BRANCH_NEQ"]


def takes_true(mode, value, split, missing, members=()):
    """A NaN feature follows `nodes_missing_value_tracks_true`, whatever the comparison."""
    if value != value:
        return bool(missing)
    return value in members if mode == 6 else COMPARISONS[mode](value, split)


def aggregated(votes, how, real):
    """SUM of none is 0; AVERAGE is that of the leaf values of a target."""
    if how in ("SUM", 1):
        return sum(votes, real(0))
    if how in ("AVERAGE", 0):
        return sum(votes, real(0)) / len(votes) if votes else real("nan")
    return (min if how in ("MIN", 2) else max)(votes) if votes else real("nan")


def tensor(case, name):
    found = case.attribute(name)
    if found is None:
        return None
    array = np.asarray(onnx.numpy_helper.to_array(found))
    return array.astype(np.float64).astype(case.real)


@formula("TreeEnsemble")
def ensemble(case):
    x = reals(case, 0)
    splits, leaves = tensor(case, "nodes_splits"), tensor(case, "leaf_weights")
    modes = onnx.numpy_helper.to_array(case.attribute("nodes_modes")).ravel().tolist()
    missing = case.attribute("nodes_missing_value_tracks_true", [0] * len(modes))
    targets, sets = case.attribute("leaf_targetids"), member_sets(case, modes)
    roots, how = case.attribute("tree_roots"), case.attribute("aggregate_function", 1)
    scores = np.zeros((x.shape[0], case.attribute("n_targets")), case.real)
    for r, row in enumerate(x):
        votes = [[] for _ in range(scores.shape[1])]
        for root in roots:
            node = root
            while True:
                feature = row[case.attribute("nodes_featureids")[node]]
                side = "true" if takes_true(
                    modes[node], feature, splits[node], missing[node], sets[node]) else "false"
                leaf = case.attribute(f"nodes_{side}leafs")[node]
                node = case.attribute(f"nodes_{side}nodeids")[node]
                if leaf:
                    votes[targets[node]].append(leaves[node])
                    break
        scores[r] = [aggregated(v, how, case.real) for v in votes]
    return [transformed(case, scores)]


def member_sets(case, modes):
    """The set of each node with mode BRANCH_MEMBER, delimited by NaN in the one list."""
    values, sets, current = tensor(case, "membership_values"), [], []
    for value in [] if values is None else values:
        if value != value:
            sets.append(current)
            current = []
        else:
            current.append(value)
    sets = iter(sets + [current])
    return [next(sets) if mode == 6 else () for mode in modes]


@formula("TreeEnsembleClassifier", "TreeEnsembleRegressor")
def older_ensemble(case):
    """Nodes by tree and name; base values are added after the votes, then the transform."""
    classifier = case.operator == "TreeEnsembleClassifier"
    prefix = "class" if classifier else "target"
    x = reals(case, 0)

    def listed(name):
        given = tensor(case, name + "_as_tensor")
        return given if given is not None else case.attribute(name)
    ids = list(zip(case.attribute("nodes_treeids"), case.attribute("nodes_nodeids")))
    at = {name: i for i, name in enumerate(ids)}
    roots = [i for i, name in enumerate(ids)
             if name[0] not in [other[0] for other in ids[:i]]]
    values, modes = listed("nodes_values"), case.attribute("nodes_modes")
    missing = case.attribute("nodes_missing_value_tracks_true", [0] * len(ids))
    votes_at = {}
    for tree, node, target, weight in zip(
            case.attribute(prefix + "_treeids"), case.attribute(prefix + "_nodeids"),
            case.attribute(prefix + "_ids"), listed(prefix + "_weights")):
        votes_at.setdefault((tree, node), []).append((target, case.real(weight)))
    labels = case.attribute("classlabels_int64s") or case.attribute("classlabels_strings")
    count = len(labels) if classifier else case.attribute("n_targets")
    base = listed("base_values")
    scores = np.zeros((x.shape[0], count), case.real)
    for r, row in enumerate(x):
        votes = [[] for _ in range(count)]
        for i in roots:
            while modes[i] != "LEAF":
                goes = takes_true(NAMES.index(modes[i]),
                                  row[case.attribute("nodes_featureids")[i]],
                                  case.real(values[i]), missing[i])
                side = "true" if goes else "false"
                i = at[ids[i][0], case.attribute(f"nodes_{side}nodeids")[i]]
            for target, weight in votes_at.get(ids[i], []):
                votes[target].append(weight)
        how = "SUM" if classifier else case.attribute("aggregate_function", "SUM")
        scores[r] = [aggregated(v, how, case.real) for v in votes]
    if base is not None:
        scores = scores + np.array(base, case.real)
    if not classifier:
        return [transformed(case, scores)]
    return [labels_of(case, scores), transformed(case, scores)]


@formula("FeatureVectorizer")
def side_by_side(case):
    return [np.concatenate([reals(case, i) for i in range(len(case.inputs))], axis=1)]


@formula("ArrayFeatureExtractor")
def selected(case):
    return [case.exact(0)[..., case.input(1).ravel().astype(np.int64)]]
