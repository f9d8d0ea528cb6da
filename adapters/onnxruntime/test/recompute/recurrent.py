"""Layers with a state: RNN, LSTM, the causal convolution, and Loop and Scan over texts."""

import numpy as np

from formulas import formula, integers, reals, sigmoid

# The default of alpha is that of the operator of the same name.
ACTIVATIONS = {
    "tanh": lambda x, a, b: np.tanh(x), "sigmoid": lambda x, a, b: sigmoid(x),
    "relu": lambda x, a, b: np.maximum(x, 0), "softsign": lambda x, a, b: x / (1 + np.abs(x)),
    "thresholdedrelu": lambda x, a, b: np.where(x > (1 if a is None else a), x, 0),
    "affine": lambda x, a, b: (1 if a is None else a) * x + (0 if b is None else b),
    "hardsigmoid": lambda x, a, b: np.clip((0.2 if a is None else a) * x
                                           + (0.5 if b is None else b), 0, 1),
}


class Layer:
    """What the directions of a recurrent layer have in common."""

    def __init__(self, case, gates, defaults):
        self.case, self.gates = case, gates
        self.hidden = case.attribute("hidden_size")
        self.x = reals(case, 0)
        if case.attribute("layout", 0):
            self.x = self.x.swapaxes(0, 1)
        steps, self.batch = self.x.shape[:2]
        self.lengths = integers(case, 4, [steps] * self.batch)
        self.directions = 2 if case.attribute("direction", "forward") == "bidirectional" else 1
        self.functions = case.attribute("activations", defaults * self.directions)
        self.clip = case.attribute("clip")

    def activate(self, which, direction, x):
        count = len(self.functions) // self.directions
        name = self.functions[direction * count + which].lower()
        if self.clip:
            x = np.clip(x, -self.clip, self.clip)
        return ACTIVATIONS[name](x, self.case.attribute("activation_alpha", [None])[0],
                                 self.case.attribute("activation_beta", [None])[0])

    def state(self, index):
        given = reals(self.case, index)
        if given is None:
            return np.zeros((self.directions, self.batch, self.hidden), self.case.real)
        return given.swapaxes(0, 1) if self.case.attribute("layout", 0) else given

    def weights(self, direction):
        w, r = reals(self.case, 1)[direction], reals(self.case, 2)[direction]
        bias = reals(self.case, 3)
        size = self.gates * self.hidden
        half = np.zeros(2 * size, self.case.real) if bias is None else bias[direction]
        return w, r, half[:size] + half[size:]

    def outputs(self, step, states):
        """Runs `step(direction, x, states) → states`; the layer's Y and its last states."""
        reverse = self.case.attribute("direction", "forward") == "reverse"
        y = np.zeros((self.x.shape[0], self.directions, self.batch, self.hidden), self.case.real)
        last = [np.array(each) for each in states]
        for d in range(self.directions):
            for row in range(self.batch):
                times = range(self.lengths[row])
                if reverse or d == 1:
                    times = reversed(times)
                held = [each[d, row] for each in states]
                for t in times:
                    held = step(d, self.x[t, row], held)
                    y[t, d, row] = held[0]
                for kept, each in zip(last, held):
                    kept[d, row] = each
        if self.case.attribute("layout", 0):
            return [y.transpose(2, 0, 1, 3)] + [each.swapaxes(0, 1) for each in last]
        return [y] + last


@formula("RNN")
def simple(case):
    """Ht = f(Xt*(Wi^T) + Ht-1*(Ri^T) + Wbi + Rbi)"""
    layer = Layer(case, 1, ["Tanh"])

    def step(d, x, held):
        w, r, bias = layer.weights(d)
        return [layer.activate(0, d, w @ x + r @ held[0] + bias)]
    return layer.outputs(step, [layer.state(5)])[:len(case.golden)]


@formula("LSTM")
def long_short(case):
    """Gates i, o, f, c; clip bounds the input of every activation, that of h too."""
    layer = Layer(case, 4, ["Sigmoid", "Tanh", "Tanh"])
    peepholes = reals(case, 7)

    def step(d, x, held):
        h, c = held
        w, r, bias = layer.weights(d)
        i, o, f, g = np.split(w @ x + r @ h + bias, 4)
        pi, po, pf = (0, 0, 0) if peepholes is None else np.split(peepholes[d], 3)
        i, f = layer.activate(0, d, i + pi * c), layer.activate(0, d, f + pf * c)
        if case.attribute("input_forget", 0):
            f = 1 - i
        c = f * c + i * layer.activate(1, d, g)
        return [layer.activate(0, d, o + po * c) * layer.activate(2, d, c), c]
    return layer.outputs(step, [layer.state(5), layer.state(6)])[:len(case.golden)]


@formula("CausalConvWithState")
def causal(case):
    """Each channel with its own taps over state and input; then an activation."""
    x, w, bias, state = (reals(case, i) for i in range(4))
    n, channels, length = x.shape
    k = w.shape[2]
    if state is None:
        state = np.zeros((n, channels, k - 1), case.real)
    whole = np.concatenate([state, x], axis=2)
    y = sum(w[None, :, 0, j, None] * whole[:, :, j:j + length] for j in range(k))
    y = y + (0 if bias is None else bias[None, :, None])
    if case.attribute("activation", "none") in ("silu", "swish"):
        y = y * sigmoid(y)
    return [y, whole[:, :, length:]][:len(case.golden)]


@formula("Loop", "If", "Optional", "Scan")
def passed_on(case):
    """Bodies of the failing cases hand a captured value on: what they return is an input."""
    if case.operator == "Loop":
        captured = case.held["z"]
        if case.group == "each-optional-type":
            return [captured]
        # Each trip returns the value of the one before it; the first returns the given one.
        return [np.stack([case.input(2)] + [captured] * (int(case.input(0)) - 1))]
    if case.operator == "If":
        names = [name for name, _ in case.fed]
        return [case.held["x" if bool(case.input(0)) else "z"]] if "z" in names else None
    if case.operator == "Scan":
        return [2 * case.exact(0), np.zeros((0,) + case.golden[1].shape[1:], np.float32)]
    return [case.input(0)]
