#!/usr/bin/env python3
"""Computes the failing cases of a run on ONNX Runtime again, from the text of the standard.

    recompute ASSAY LOG [--against DOCUMENT] [OPERATOR…]

ASSAY is the command line tool, which writes model, inputs and golden of each failing case; LOG is
the events.jsonl of the run. For each operator, group and code of a failure it prints

    cases, of which computed      with a formula of this folder, which knows nothing of Assay
    golden                        `agrees` where it is the exact value rounded once
    runtime                       what ONNX Runtime's Python interface does with the same files:
                                  `refuses`, `dies`, `accepts`, or its largest error
    plain                         the largest error of the same formula in plain steps of float32
                                  (float64 for float64), where it is written for that

Errors are in units in the last place of the output type at the largest element of the output, and
at the element itself. For a model that must be refused, `violates` says that the sentence of the
standard that the case breaks was found broken in the file itself. With --against, rows of the
document that claim a computation are held against what was computed.

Exit: 0 every golden agrees and the runtime shows what the log says; 1 something differs, marked
with `!!`; 2 usage. Needs what scripts/interop fetches, and mpmath 1.3.
"""

import collections
import os
import subprocess
import sys
import tempfile

import numpy as np

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.dirname(HERE)]
import casts, elementwise, images, layout, learned, recurrent, signals, sums  # noqa: E401,F401
import draws
import findings
import violations
from case import Case, failures, is_float, run_onnxruntime, unit
from formulas import FORMULAS

TOLERANCE = np.longdouble(2) ** -58


def same_shape(golden, value):
    return np.shape(golden) == np.shape(value)


def misses(golden, value, undecided):
    """Elements of a golden that are not the exact value rounded once to its type."""
    if isinstance(golden, list):
        return sum(misses(g, v, None) for g, v in zip(golden, value)) + abs(
            len(golden) - len(value))
    golden, value = np.asarray(golden), np.asarray(value)
    if golden.shape != value.shape:
        return max(golden.size, 1)
    if not is_float(golden):
        return int(np.sum(golden.astype(object) != value.astype(object)))
    g, v = (np.asarray(a, np.float64).astype(np.longdouble) if a is golden else
            np.asarray(a, np.longdouble) for a in (golden, value))
    finite = np.isfinite(g) & np.isfinite(v)
    with np.errstate(all="ignore"):
        scale = np.max(np.abs(v[finite]), initial=0)
        slack = TOLERANCE * (8 if golden.dtype == np.float64 else 1) * scale
        near = np.abs(g - v) <= unit(v, golden.dtype) * np.longdouble(0.5001) + slack
        alike = (g == v) | (np.isnan(g) & np.isnan(v)) | overflows(g, v, golden.dtype)
    wrong = ~np.where(finite, near, alike)
    if undecided is not None:
        wrong &= ~undecided
    return int(np.sum(wrong))


def overflows(golden, value, dtype):
    """An infinity for what is beyond the largest finite number by half a unit."""
    name = np.dtype(dtype).name
    top = {"float16": np.longdouble(65520), "bfloat16": np.longdouble(2) ** 128,
           "float32": np.longdouble(2) ** 128}.get(name, np.longdouble(2) ** 1024)
    return np.isinf(golden) & (np.abs(value) >= top * (1 - np.longdouble(2) ** -30)) & (
        np.sign(golden) == np.sign(value))


def error(observed, value):
    """(in units of the largest element, in units of the element) or what differs otherwise."""
    if isinstance(value, list):
        pairs = list(zip(observed, value))
        equal = len(observed) == len(value) and all(same_shape(o, v) for o, v in pairs)
        return "equal" if equal else "other shapes"
    observed, value = np.asarray(observed), np.asarray(value)
    if observed.shape != value.shape:
        return f"shape {list(observed.shape)} for {list(value.shape)}"
    if not is_float(observed):
        wrong = observed.astype(object) != value.astype(object)
        return f"{int(np.sum(wrong))} of {wrong.size} other" if np.any(wrong) else "equal"
    o = np.asarray(observed, np.float64).astype(np.longdouble)
    v = np.asarray(value, np.longdouble)
    with np.errstate(all="ignore"):
        fits = overflows(o, v, observed.dtype)
        classes = (np.isnan(o) != np.isnan(v)) | ((np.isinf(o) != np.isinf(v)) & ~fits) | (
            np.isinf(o) & np.isinf(v) & (o != v))
        zeros = (o == 0) & (v == 0) & (np.signbit(o) != np.signbit(v))
        finite = np.isfinite(o) & np.isfinite(v)
        difference = np.abs(o - v)[finite]
        scale = np.max(np.abs(v[finite]), initial=0)
        at = unit(v[finite], observed.dtype)
    top = float(np.max(difference, initial=0) / unit(scale, observed.dtype))
    own = float(np.max(difference / at, initial=0))
    found = [f"{top:.3g}/{own:.3g} ulp"]
    if np.any(classes):
        found.append(f"{int(np.sum(classes))} of another class")
    if np.any(zeros):
        found.append(f"{int(np.sum(zeros))} zeros of the other sign")
    return ", ".join(found)


def in_type(case, real):
    case.real, case.open = real, None
    with np.errstate(all="ignore"):
        return FORMULAS[case.operator](case)


def plain_error(case, exact):
    """The same formula in the processor's own type."""
    wide = any(np.asarray(g).dtype == np.float64 for g in case.golden)
    real = np.float64 if wide else np.float32
    try:
        values = in_type(case, real)
    except (TypeError, AssertionError, AttributeError):
        return None
    for golden, value, right in zip(case.golden, values, exact):
        if is_float(golden) and np.asarray(value).dtype == real:
            with np.errstate(all="ignore"):
                yield error(np.asarray(value).astype(np.asarray(golden).dtype), right)


def judge(case):
    """What was computed, what the runtime did, and whether the two are as the log says."""
    kind, answer = run_onnxruntime(case)
    if case.code == "acceptedInvalid":
        broken = violations.broken(case)
        return bool(broken), f"violates: {broken or '!!'}", kind == "values", kind, None
    if case.operator in draws.OPERATORS:
        return draws.judge(case, kind, answer)
    if case.operator not in FORMULAS or not case.golden:
        return False, "-", True, kind, None
    values = in_type(case, np.longdouble)
    undecided = case.open or [None] * len(values)
    wrong = sum(misses(g, v, u) for g, v, u in zip(case.golden, values, undecided))
    golden = "agrees" if not wrong else f"!! {wrong} elements differ"
    plain = None
    if kind == "values":
        errors = [error(o, v) for o, v in zip(answer, values)]
        runtime = "; ".join(e for e in errors if e != "equal") or "equal"
        plain = "; ".join(e for e in plain_error(case, values) or [] if e != "equal") or None
        as_logged = case.code in ("value.exact", "value.bound", "value.class", "shape",
                                  "value.distribution")
    else:
        runtime = {"refused": "refuses", "died": "dies"}[kind]
        as_logged = (kind == "died") == (case.code == "signal")
    return wrong == 0, golden, as_logged, runtime, plain


# Maps and classifiers by support vectors: their rows were computed without this script.
BY_HAND = ("CastMap", "DictVectorizer", "SVMClassifier")


def main(arguments):
    if len(arguments) < 2:
        print(__doc__, file=sys.stderr)
        return 2
    assay, log, wanted = arguments[0], arguments[1], arguments[2:]
    claimed = set()
    if wanted[:1] == ["--against"] and len(wanted) > 1:
        with open(wanted[1], encoding="utf-8") as document:
            claimed = findings.computed_groups(document.read())
        wanted = wanted[2:]
    rows = collections.defaultdict(list)
    for identifier, code in failures(log):
        # A body form has the values of its node: the node must fail as well.
        identifier = identifier.removesuffix("+body")
        row = rows[identifier.split("/")[1].rsplit("-", 1)[0],
                   identifier.split("/")[3].split("#")[0], code]
        if identifier not in row:
            row.append(identifier)
    rows = {key: each for key, each in sorted(rows.items()) if not wanted or key[0] in wanted}
    for key in [key for key in rows if key[0] in BY_HAND]:
        print(f"{' '.join(key)}: {len(rows.pop(key))} cases, by hand")
    odd = 0
    with tempfile.TemporaryDirectory() as folder:
        export(assay, folder, rows)
        for key, identifiers in rows.items():
            odd += print_row(assay, folder, key, identifiers, key in claimed)
    print(f"recompute: {odd} rows differ")
    return 1 if odd else 0


def export(assay, folder, rows):
    """Model, inputs and golden of every case of the groups that has one golden."""
    groups = " or ".join(sorted({f"(op(={key[0]}) and group(={key[1]}))" for key in rows}))
    subprocess.run([assay, "export", "--tier", "full", "--filter", groups, "--into", folder],
                   stdout=subprocess.DEVNULL, check=True)


def folder_of(assay, folder, identifier):
    """Where a case was exported to; forms and rejected models are written one by one."""
    into = os.path.join(folder, identifier.replace("/", "_").replace("#", "_"))
    if not os.path.exists(into):
        subprocess.run([assay, "reproduce", identifier, "--backend", "cpu", "--dump", into],
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    return into


def print_row(assay, folder, key, identifiers, claimed):
    computed, goldens, runtimes, plains, right = 0, [], [], [], True
    for identifier in identifiers:
        case = Case(identifier, key[2], folder_of(assay, folder, identifier))
        done, golden, as_logged, runtime, plain = judge(case)
        computed += done
        goldens.append(golden)
        runtimes.append(runtime if as_logged else f"!! {runtime}")
        plains += [plain] if plain else []
        right = right and as_logged and "!!" not in golden
    brief = "  ".join(f"{name} {worst(each)}" for name, each in
                      (("golden", goldens), ("runtime", runtimes), ("plain", plains)) if each)
    if claimed and computed < len(identifiers):
        right = False
        brief += "  !! the document claims a computation"
    print(f"{' '.join(key)}: {len(identifiers)} cases, {computed} computed  {brief}"
          f"{'' if right else '  !!'}", flush=True)
    return not right


def worst(found):
    """The finding that says most: marked ones first, then those that occur most often."""
    marked = [each for each in found if "!!" in each]
    return marked[0] if marked else max(found, key=lambda f: (size_of(f), found.count(f)))


def size_of(finding):
    try:
        return float(finding.split("/")[0])
    except ValueError:
        return 0.0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
