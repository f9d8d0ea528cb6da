"""Writes the node cases of the installed onnx package in the classic folder layout.

    materialise.py FOLDER NAMES [--all]

FOLDER/node/test_xxx receives model.onnx, test_data_set_0/input_N.pb and output_N.pb, and a
data.json with the tolerances of the case where they are not the layout's defaults. NAMES is a file
with the expected names, one a line; any difference fails. --all also copies the suites that
the package carries as files: simple, pytorch-converted and pytorch-operator. The package's licence
and notice go along.

Two runs on one machine give the same bytes. The goldens are computed by numpy, so another version
of it or another processor may round some of them otherwise; the printed digest shows that.
"""
import argparse
import hashlib
import importlib.metadata
import json
import shutil
import sys
from pathlib import Path

import onnx
from onnx import numpy_helper
from onnx.backend.test.case import node as node_cases

# What the layout's readers assume where a case has no data.json.
DEFAULT_TOLERANCE = {"rtol": 1e-3, "atol": 1e-7}
COPIED = {"simple": 23, "pytorch-converted": 82, "pytorch-operator": 35}


def encode(value, info):
    """The bytes of a value: the message that its declared type asks for."""
    kind = info.type.WhichOneof("value")
    if kind == "map_type":
        message = numpy_helper.from_dict(value, info.name)
    elif kind == "sequence_type":
        message = numpy_helper.from_list(value, info.name)
    elif kind == "optional_type":
        message = numpy_helper.from_optional(value, info.name)
    elif isinstance(value, onnx.TensorProto):
        message = value
    else:
        message = numpy_helper.from_array(value, info.name)
    return message.SerializeToString(deterministic=True)


def write_values(folder, prefix, values, infos):
    if len(values) != len(infos):
        raise ValueError(f"{folder}: {len(values)} {prefix}s for {len(infos)} of the graph")
    for index, (value, info) in enumerate(zip(values, infos)):
        (folder / f"{prefix}_{index}.pb").write_bytes(encode(value, info))


def write_case(case, folder):
    folder.mkdir(parents=True)
    (folder / "model.onnx").write_bytes(case.model.SerializeToString(deterministic=True))
    for index, (inputs, outputs) in enumerate(case.data_sets):
        data_set = folder / f"test_data_set_{index}"
        data_set.mkdir()
        write_values(data_set, "input", inputs, case.model.graph.input)
        write_values(data_set, "output", outputs, case.model.graph.output)
    tolerance = {"rtol": case.rtol, "atol": case.atol}
    if tolerance != DEFAULT_TOLERANCE:
        (folder / "data.json").write_text(json.dumps(tolerance, sort_keys=True) + "\n")


def write_node_cases(target):
    cases = node_cases.collect_testcases()
    for case in cases:
        write_case(case, target / "node" / case.name)
    return [case.name for case in cases]


def name_difference(names, expected):
    """One line per name that is missing or not expected."""
    found, wanted = set(names), set(expected)
    lines = [f"missing: {name}" for name in sorted(wanted - found)]
    lines += [f"not expected: {name}" for name in sorted(found - wanted)]
    return lines


def copy_suites(target):
    """Copies the suites kept as files; returns the lines that name a difference."""
    source = Path(onnx.__file__).parent / "backend" / "test" / "data"
    problems = []
    for suite, wanted in COPIED.items():
        folder = source / suite
        if not folder.is_dir():
            problems.append(f"{suite}: not in the package")
            continue
        cases = sorted(entry for entry in folder.iterdir() if (entry / "model.onnx").is_file())
        for case in cases:
            shutil.copytree(case, target / suite / case.name)
        if len(cases) != wanted:
            problems.append(f"{suite}: {len(cases)} cases, not {wanted}")
        print(f"{suite}: {len(cases)} cases")
    return problems


def copy_licence(target):
    package = importlib.metadata.distribution("onnx")
    for path in package.files or []:
        if path.name in ("LICENSE", "NOTICE") and path.parent.name == "licenses":
            shutil.copyfile(package.locate_file(path), target / path.name)


def digest(target):
    """SHA-256 over the sorted paths and contents of everything that was written."""
    total = hashlib.sha256()
    for path in sorted(path for path in target.rglob("*") if path.is_file()):
        content = hashlib.sha256(path.read_bytes()).hexdigest()
        total.update(f"{content}  {path.relative_to(target).as_posix()}\n".encode())
    return total.hexdigest()


def main():
    parser = argparse.ArgumentParser(prog="materialise-onnx-suite")
    parser.add_argument("folder", type=Path)
    parser.add_argument("names", type=Path)
    parser.add_argument("--all", action="store_true")
    options = parser.parse_args()
    if options.folder.exists() and any(options.folder.iterdir()):
        print(f"materialise-onnx-suite: {options.folder} is not empty", file=sys.stderr)
        return 2
    names = write_node_cases(options.folder)
    problems = name_difference(names, options.names.read_text().split())
    expanded = sum("_expanded" in name for name in names)
    print(f"node: {len(names)} cases, {len(names) - expanded} direct and {expanded} expanded")
    if options.all:
        problems += copy_suites(options.folder)
    copy_licence(options.folder)
    print(f"onnx {onnx.__version__}, sha256 {digest(options.folder)}")
    for line in problems:
        print(f"materialise-onnx-suite: {line}", file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
