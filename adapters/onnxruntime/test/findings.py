#!/usr/bin/env python3
"""Compares the log of a run on ONNX Runtime with docs/findings-onnxruntime.md.

    findings.py LOG DOCUMENT           every failing group is named, every known defect was met
    findings.py --exact LOG DOCUMENT   the numbers agree as well

Prints the table of the log as totals. Exit: 0 agreement; 1 something differs, each difference on
its own line; 2 usage; 3 a file that cannot be read.

In the document, the table under "## What still fails" has the columns operator, groups, code,
judgement, by, reason. A groups cell holds names in backticks, each with its number of cases; "by"
is computed, model, repeated or by hand, which the document explains. That under "## What else fails in the
full tier" is of the same form; only its names are compared. The table
under "## The five known defects" has case ids in backticks, with {a,b} and {000..003} for several.
The line of totals reads "N cases: P passed, F failed, C crashed, T timed out, U unsupported".
"""

import collections
import json
import re
import sys

IDENTIFIER = re.compile(r"[^/]+/(\w+)-\d+/[^/]*/([^#]*)#.*")
GROUP = re.compile(r"`([a-z0-9-]+)` (\d+)")
TOTALS = re.compile(
    r"([\d,]+) cases: ([\d,]+) passed, ([\d,]+) failed, (\d+) crashed, (\d+) timed out, "
    r"([\d,]+) unsupported"
)
GROUNDS = {"computed", "model", "repeated", "by hand"}
KINDS = ["pass", "fail", "crash", "timeout", "unsupported"]


def read_log(path):
    """The verdict kind of each case, and the code of those that failed."""
    kinds, codes = {}, {}
    with open(path, encoding="utf-8") as log:
        for line in log:
            event = json.loads(line)
            if event["kind"] != "caseJudged":
                continue
            case, verdict = event["record"]["caseID"], event["record"]["verdict"]
            kinds[case] = verdict["kind"]
            codes.pop(case, None)
            if verdict["kind"] not in ("pass", "unsupported", "waived"):
                codes[case] = verdict.get("code", verdict["kind"])
    return kinds, codes


def rows_below(text, heading):
    """The cells of the table rows between a heading and the next one, without the column names."""
    parts = text.split("\n## " + heading + "\n")
    if len(parts) != 2:
        raise ValueError(f'the document has {len(parts) - 1} headings "{heading}", not 1')
    lines = [line for line in parts[1].split("\n## ")[0].splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines[2:]]


def judged_rows(text, heading):
    """(operator, groups with their numbers, code, ground) of each row."""
    for cells in rows_below(text, heading):
        if len(cells) != 6:
            raise ValueError(f"a row of six cells has {len(cells)}: {cells[0]}")
        operator, names, code, ground = cells[0], GROUP.findall(cells[1]), cells[2], cells[4]
        if not names:
            raise ValueError(f"no group in the row of {operator}: {cells[1]}")
        if ground not in GROUNDS:
            raise ValueError(f"the row of {operator} rests on {ground!r}: {cells[1]}")
        yield operator, names, code, ground


def judged_groups(text, heading):
    """(operator, group, code) to the number of cases that the document states."""
    groups = collections.Counter()
    for operator, names, code, _ in judged_rows(text, heading):
        for name, count in names:
            groups[operator, name, code] += int(count)
    return groups


def computed_groups(text):
    """(operator, group, code) of the rows whose judgement rests on a computation."""
    return {(operator, name, code)
            for operator, names, code, ground in judged_rows(text, "What still fails")
            if ground == "computed" for name, _ in names}


def expanded(pattern):
    """The ids that a pattern with braces stands for."""
    found = re.search(r"\{([^{}]*)\}", pattern)
    if not found:
        return [pattern]
    inside = re.fullmatch(r"(\d+)\.\.(\d+)", found[1])
    if inside:
        first, last = inside.groups()
        choices = [str(i).zfill(len(first)) for i in range(int(first), int(last) + 1)]
    else:
        choices = found[1].split(",")
    before, after = pattern[: found.start()], pattern[found.end() :]
    return [each for choice in choices for each in expanded(before + choice + after)]


def known_defects(text):
    """The case ids of each known defect."""
    defects = {}
    for cells in rows_below(text, "The five known defects"):
        patterns = [p for cell in cells for p in re.findall(r"`([^`]*#[^`]*)`", cell)]
        defects[cells[0]] = [case for pattern in patterns for case in expanded(pattern)]
    return defects


def differences(kinds, codes, text, exact):
    """A line for everything in which log and document differ."""
    failing = collections.Counter()
    for case, code in codes.items():
        failing[IDENTIFIER.fullmatch(case).groups() + (code,)] += 1
    judged = judged_groups(text, "What still fails")
    named = judged.keys() | judged_groups(text, "What else fails in the full tier").keys()
    for group in sorted(failing.keys() - named):
        yield f"not judged: {failing[group]} cases of {' '.join(group)}"
    defects = known_defects(text)
    if len(defects) != 5:
        yield f"the document lists {len(defects)} known defects, not 5"
    for name, cases in defects.items():
        tried = [case for case in cases if case in kinds]
        missed = [case for case in tried if case not in codes]
        if not cases or (exact and len(tried) < len(cases)):
            yield f"known defect without cases, or with unknown ones: {name}"
        for case in missed:
            yield f"known defect not met: {name}: {case} is {kinds[case]}"
    if not exact:
        return
    for group in sorted(judged):
        if judged[group] != failing[group]:
            yield f"{failing[group]} cases, the document says {judged[group]}: {' '.join(group)}"
    stated = TOTALS.search(text)
    counted = [len(kinds)] + [list(kinds.values()).count(kind) for kind in KINDS]
    if not stated or [int(n.replace(",", "")) for n in stated.groups()] != counted:
        yield f"the totals are {counted}, the document says {stated and stated[0]}"


def main(arguments):
    exact = arguments[:1] == ["--exact"]
    files = arguments[1:] if exact else arguments
    if len(files) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    try:
        kinds, codes = read_log(files[0])
        with open(files[1], encoding="utf-8") as document:
            text = document.read()
        found = list(differences(kinds, codes, text, exact))
    except (OSError, ValueError, KeyError) as error:
        print(f"findings: {error}", file=sys.stderr)
        return 3
    for line in found:
        print(f"findings: {line}")
    counts = ", ".join(f"{kind} {list(kinds.values()).count(kind)}" for kind in KINDS)
    print(f"findings: {len(kinds)} cases: {counts}; {len(found)} differences")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
