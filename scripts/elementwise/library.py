"""The C library over arrays, the unit of float32, and the numbers that functions are tried on."""

import ctypes
import os
import subprocess
import tempfile

import numpy as np

F, D = np.float32, np.float64
U = 2.0 ** -24

SHIM = """
void one_f(float (*f)(float), const float *x, float *y, long n)
{ for (long i = 0; i < n; i++) y[i] = f(x[i]); }
void one_d(double (*f)(double), const double *x, double *y, long n)
{ for (long i = 0; i < n; i++) y[i] = f(x[i]); }
void two_f(float (*f)(float, float), const float *x, const float *w, float *y, long n)
{ for (long i = 0; i < n; i++) y[i] = f(x[i], w[i]); }
"""


class Library:
    """The C library's functions over arrays."""

    def __init__(self):
        folder = tempfile.mkdtemp()
        source, shared = os.path.join(folder, "shim.c"), os.path.join(folder, "shim.so")
        with open(source, "w", encoding="ascii") as file:
            file.write(SHIM)
        compiler = os.environ.get("CC", "cc")
        subprocess.run([compiler, "-O2", "-shared", "-fPIC", source, "-o", shared], check=True)
        self.shim, self.math = ctypes.CDLL(shared), ctypes.CDLL("libm.so.6")

    def __call__(self, name, *arrays):
        """The function of this name; that of float32 ends in f."""
        dtype = arrays[0].dtype
        loop = {(1, 4): "one_f", (1, 8): "one_d", (2, 4): "two_f"}[len(arrays), dtype.itemsize]
        function = ctypes.cast(getattr(self.math, name), ctypes.c_void_p)
        kept = [np.ascontiguousarray(a) for a in arrays]
        result = np.empty_like(kept[0])
        getattr(self.shim, loop)(function, *(ctypes.c_void_p(a.ctypes.data) for a in kept),
                                 ctypes.c_void_p(result.ctypes.data), ctypes.c_long(result.size))
        return result


C = Library()


def ulp(values):
    """The unit of float32 at each value."""
    _, exponent = np.frexp(np.abs(values))
    return np.ldexp(1.0, np.maximum(exponent - 1, -126) - 23)


def codes(array, dtype):
    return array.astype({4: np.uint32, 2: np.uint16}[np.dtype(dtype).itemsize]).view(dtype)


def arguments():
    """The numbers of each format as float32; those of 16 bits are all of them."""
    sparse = codes(np.arange(0, 2 ** 32, 1021, dtype=np.int64), F)
    near = [codes(np.int64(np.array(v, F).view(np.uint32)) + np.arange(-2000, 2001), F)
            for v in (0.5, 1, 2, 3, -0.5, -1, -2, -3, 6, 17, 88.5, -87, -88, -103, 9, -9)]
    small = codes(np.concatenate([np.arange(0, 3000), 2 ** 31 + np.arange(0, 3000)]), F)
    halves = codes(np.arange(2 ** 16), np.float16).astype(F)
    brains = (np.arange(2 ** 16, dtype=np.uint32) << 16).view(F)
    with np.errstate(all="ignore"):
        return {name: x[np.isfinite(x)] for name, x in
                (("f32", np.concatenate([sparse, small] + near)), ("f16", halves),
                 ("bf16", brains))}
