#!/usr/bin/env python3
"""Tests of findings.py: agreement passes, and every way to disagree is told."""

import unittest

import findings

DOCUMENT = """# Findings

4 cases: 1 passed, 2 failed, 1 crashed, 0 timed out, 0 unsupported

## The five known defects
| expected | cases | ids |
|---|---|---|
| first | 2 | `onnx/Cast-{9,13}/f64.f16/ties#000` |
| second | 1 | `onnx/Div-7/i32/overflow#000` |
| third | 1 | `onnx/Cast-9/f64.f16/ties#000` |
| fourth | 1 | `onnx/Cast-13/f64.f16/ties#000` |
| fifth | 1 | `onnx/Div-7/i32/overflow#{000..000}` |

## What still fails
| operator | groups and cases | code | judgement | by | reason |
|---|---|---|---|---|---|
| Cast | `ties` 2 | value.exact | backend wrong | computed | rounds twice |
| Div | `overflow` 1 | signal | backend wrong | repeated | dies |

## What else fails in the full tier
| operator | groups and cases | code | judgement | by | reason |
|---|---|---|---|---|---|
| Cast | `every-code` 1 | value.exact | backend wrong | computed | only in the full tier |

## Unsupported
| nothing | `here` 9 | counts |
"""
KINDS = {
    "onnx/Cast-9/f64.f16/ties#000": "fail",
    "onnx/Cast-13/f64.f16/ties#000": "fail",
    "onnx/Div-7/i32/overflow#000": "crash",
    "onnx/Add-14/f32/same-shape#000": "pass",
}
CODES = {
    "onnx/Cast-9/f64.f16/ties#000": "value.exact",
    "onnx/Cast-13/f64.f16/ties#000": "value.exact",
    "onnx/Div-7/i32/overflow#000": "signal",
}


def told(kinds=KINDS, codes=CODES, text=DOCUMENT, exact=True):
    return list(findings.differences(kinds, codes, text, exact))


class Findings(unittest.TestCase):
    def test_agreement_has_no_differences(self):
        self.assertEqual(told(), [])
        self.assertEqual(told(exact=False), [])

    def test_a_row_says_what_it_rests_on(self):
        self.assertEqual(findings.computed_groups(DOCUMENT), {("Cast", "ties", "value.exact")})
        for ground in ("", "guessed"):
            with self.assertRaises(ValueError):
                told(text=DOCUMENT.replace("| repeated |", f"| {ground} |"))

    def test_a_failing_group_without_a_row_is_told(self):
        case = "onnx/Add-14/f32/same-shape#000"
        found = told({**KINDS, case: "fail"}, {**CODES, case: "value.bound"}, exact=False)
        self.assertEqual(found, ["not judged: 1 cases of Add same-shape value.bound"])

    def test_a_group_of_the_full_tier_is_known_but_not_counted(self):
        case = "onnx/Cast-9/f64.f16/every-code#000"
        found = told({**KINDS, case: "fail"}, {**CODES, case: "value.exact"}, exact=False)
        self.assertEqual(found, [])

    def test_a_judged_group_that_fails_in_another_way_is_told(self):
        found = told(codes={**CODES, "onnx/Div-7/i32/overflow#000": "value.exact"}, exact=False)
        self.assertEqual(found, ["not judged: 1 cases of Div overflow value.exact"])

    def test_a_known_defect_that_passes_is_told(self):
        case = "onnx/Div-7/i32/overflow#000"
        codes = {each: code for each, code in CODES.items() if each != case}
        found = told({**KINDS, case: "pass"}, codes, exact=False)
        self.assertEqual(found[0], f"known defect not met: second: {case} is pass")

    def test_a_defect_whose_cases_were_not_run_is_told_of_whole_runs_only(self):
        case = "onnx/Div-7/i32/overflow#000"
        kinds = {each: kind for each, kind in KINDS.items() if each != case}
        codes = {each: code for each, code in CODES.items() if each != case}
        self.assertEqual(told(kinds, codes, exact=False), [])
        self.assertIn(
            "known defect without cases, or with unknown ones: second", told(kinds, codes))

    def test_numbers_that_differ_are_told_of_whole_runs_only(self):
        text = DOCUMENT.replace("`ties` 2", "`ties` 3").replace("4 cases: 1", "5 cases: 1")
        self.assertEqual(told(text=text, exact=False), [])
        self.assertEqual(told(text=text)[0], "2 cases, the document says 3: Cast ties value.exact")
        self.assertEqual(len(told(text=text)), 2)

    def test_patterns_stand_for_their_ids(self):
        self.assertEqual(findings.expanded("a{1,2}#{008..010}")[:4],
                         ["a1#008", "a1#009", "a1#010", "a2#008"])

    def test_a_document_without_its_tables_is_refused(self):
        with self.assertRaises(ValueError):
            told(text="# Findings")


if __name__ == "__main__":
    unittest.main()
