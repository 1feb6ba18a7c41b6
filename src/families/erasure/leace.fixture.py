"""Writes leace.fixture.json: LEACE from the formulas of the paper, and what scikit-learn's probe finds.

python3 leace.fixture.py > leace.fixture.json

Not the formulas of leace.ts: the whitening is the symmetric pseudo-inverse root, and the projection is that onto the
column space of W Σ_xz by its own pseudo-inverse.
"""
import json
import sys

import numpy as np
import sklearn
from sklearn.linear_model import LogisticRegression

rng = np.random.default_rng(11)
n, d, k = 90, 7, 3


def leace(x, z):
    mean = x.mean(0)
    xx = np.cov(x.T, bias=True)
    xz = (x - mean).T @ (z - z.mean(0)) / len(x)
    values, vectors = np.linalg.eigh(xx)
    kept = values > values.max() * 1e-12
    roots = np.where(kept, np.sqrt(np.abs(values)), 0)
    inverse = np.where(kept, 1 / np.where(kept, roots, 1), 0)
    w = vectors @ np.diag(inverse) @ vectors.T
    back = vectors @ np.diag(roots) @ vectors.T
    m = w @ xz
    p = m @ np.linalg.pinv(m, rcond=1e-10)
    return x - (x - mean) @ (back @ p @ w).T


def orthogonal(x, z):
    mean = x.mean(0)
    xz = (x - mean).T @ (z - z.mean(0)) / len(x)
    p = xz @ np.linalg.pinv(xz, rcond=1e-10)
    return x - (x - mean) @ p.T


def probe(x, labels):
    return float(LogisticRegression(C=1.0, max_iter=10000, tol=1e-10).fit(x, labels).score(x, labels))


labels = np.arange(n) % k
labels[:20] = 0
mixing = rng.normal(size=(d, d))
full = (rng.normal(size=(n, d)) + 1.5 * np.eye(d)[labels]) @ mixing + 3
full = np.round(full, 3)
# The last two columns are made of others: the covariance has rank d - 2.
deficient = full.copy()
deficient[:, d - 2] = full[:, 0] - 2 * full[:, 1]
deficient[:, d - 1] = full[:, 2] + full[:, 3]

z = np.eye(k)[labels]
cases = {}
for name, x in {"full": full, "deficient": deficient}.items():
    erased, orth = leace(x, z), orthogonal(x, z)
    cases[name] = {
        "rows": x.tolist(),
        "leace": erased.tolist(),
        "meanDifference": orth.tolist(),
        "probe": {"before": probe(x, labels), "leace": probe(erased, labels), "meanDifference": probe(orth, labels)},
    }

json.dump({
    "library": f"numpy {np.__version__}, scikit-learn {sklearn.__version__}",
    "classes": [str(label) for label in labels],
    "majority": float(np.bincount(labels).max() / n),
    **cases,
}, sys.stdout)
print()
