"""Random operators: how often something was drawn, against the probability that the text gives."""

import numpy as np

OPERATORS = {"Bernoulli"}


def judge(case, kind, answer):
    """Bernoulli: "an output of 1 is produced with probability p". Successes of many draws are
    within six deviations of their expectation; inverted they are not."""
    if kind != "values":
        return False, "-", False, kind, None
    p = np.asarray(case.input(0), np.float64).ravel()
    ones = np.asarray(answer[0], np.float64).ravel()
    lean = 2 * p - 1
    expected = np.sum(lean * p)
    deviation = np.sqrt(np.sum(p * (1 - p) * lean ** 2))
    found = np.sum(lean * ones)
    inverted = np.sum(lean * (1 - p))
    wrong = abs(found - expected) > 6 * deviation and abs(found - inverted) <= 6 * deviation
    runtime = (f"successes weighed by 2p - 1: {found:.0f} of {p.size} draws, expected "
               f"{expected:.0f} ± {deviation:.1f}, with 1 - p {inverted:.0f}")
    return wrong, "-", wrong, runtime, None
