"""Writes scipy.fixture.json: comparisons of two small matrices by NumPy and SciPy.

    python3 src/families/comparisons/scipy.fixture.py > src/families/comparisons/scipy.fixture.json
"""
import json
import sys

import numpy as np
import scipy
from scipy.linalg import sqrtm
from scipy.optimize import linear_sum_assignment
from scipy.spatial import procrustes
from scipy.spatial.distance import cdist, pdist
from scipy.stats import pearsonr, spearmanr

rng = np.random.default_rng(7)
n = 40
shared = rng.standard_normal((n, 3))
a = np.round(shared @ rng.standard_normal((3, 6)) + rng.standard_normal((n, 6)) + 0.5, 6)
b = np.round(shared @ rng.standard_normal((3, 5)) + rng.standard_normal((n, 5)) - 0.2, 6)
ca, cb = a - a.mean(0), b - b.mean(0)


def hsic(k, l):
    """Song et al. 2012, Eq. 5."""
    k, l = k.copy(), l.copy()
    np.fill_diagonal(k, 0)
    np.fill_diagonal(l, 0)
    one = np.ones(n)
    return (
        np.trace(k @ l)
        + one @ k @ one * (one @ l @ one) / ((n - 1) * (n - 2))
        - 2 * (one @ k @ l @ one) / (n - 2)
    ) / (n * (n - 3))


def cka(k, l):
    return hsic(k, l) / np.sqrt(hsic(k, k) * hsic(l, l))


def rbf(x):
    squared = cdist(x, x, "sqeuclidean")
    median = np.sort(pdist(x, "sqeuclidean"))[n * (n - 1) // 4]
    return np.exp(-squared / (2 * median))


def canonical(x, y):
    qx, _ = np.linalg.qr(x)
    qy, _ = np.linalg.qr(y)
    u, s, vt = np.linalg.svd(qx.T @ qy)
    return qx @ u, s, qy @ vt.T


def leading(x, share):
    u, s, _ = np.linalg.svd(x, full_matrices=False)
    r = int(np.searchsorted(np.cumsum(s**2) / np.sum(s**2), share)) + 1
    return u[:, :r] * s[:r]


def energy(x, y):
    m, l = len(x), len(y)
    return (
        2 * cdist(x, y).mean()
        - cdist(x, x).sum() / (m * (m - 1))
        - cdist(y, y).sum() / (l * (l - 1))
    )


def mmd(x, y):
    m, l = len(x), len(y)
    pooled = np.vstack([x, y])
    distances = np.sort(pdist(pooled, "sqeuclidean"))
    median = distances[len(distances) // 2]
    k = lambda p, q: np.exp(-cdist(p, q, "sqeuclidean") / (2 * median))
    return (
        (k(x, x).sum() - m) / (m * (m - 1))
        + (k(y, y).sum() - l) / (l * (l - 1))
        - 2 * k(x, y).mean()
    )


def bures(x, y):
    sx, sy = np.cov(x.T), np.cov(y.T)
    root = sqrtm(sx)
    cross = np.real(np.trace(sqrtm(root @ sy @ root)))
    step = x.mean(0) - y.mean(0)
    return float(np.sqrt(step @ step + np.trace(sx) + np.trace(sy) - 2 * cross))


padded = np.hstack([b, np.zeros((n, 1))])
hy, rho, _ = canonical(cb, ca)
alpha = np.abs(hy[:, : len(rho)].T @ cb).sum(1)
correlation = np.corrcoef(a.T, b.T)[:6, 6:]
rows, columns = linear_sum_assignment(-correlation.T)
wide = np.real(np.linalg.eigvalsh(np.cov(a.T)))[::-1]
narrow = np.real(np.linalg.eigvalsh(np.cov(b.T)))[::-1]
shares = np.sum(np.sqrt(wide[:5] / wide.sum() * narrow / narrow.sum()))
pearson = lambda x, y: float(pearsonr(x, y)[0])
cosine = np.sum(a[:, :5] * b, 1) / np.linalg.norm(a[:, :5], axis=1) / np.linalg.norm(b, axis=1)

json.dump(
    {
        "library": f"scipy {scipy.__version__}, numpy {np.__version__}",
        "script": "src/families/comparisons/scipy.fixture.py",
        "a": a.tolist(),
        "b": b.tolist(),
        "procrustesDisparity": float(procrustes(a, padded)[2]),
        "spearmanCosine": float(spearmanr(pdist(a, "cosine"), pdist(b, "cosine"))[0]),
        "spearmanEuclidean": float(spearmanr(pdist(a), pdist(b))[0]),
        "pearsonCorrelation": pearson(pdist(a, "correlation"), pdist(b, "correlation")),
        "linearCka": float(cka(a @ a.T, b @ b.T)),
        "biasedCka": float(
            np.linalg.norm(ca.T @ cb) ** 2 / np.linalg.norm(ca.T @ ca) / np.linalg.norm(cb.T @ cb)
        ),
        "rbfCka": float(cka(rbf(a), rbf(b))),
        "meanCca": float(rho.mean()),
        "svcca90": float(canonical(leading(ca, 0.9), leading(cb, 0.9))[1].mean()),
        "pwcca": float((alpha * rho).sum() / alpha.sum()),
        "matched": float(correlation.T[rows, columns].mean()),
        "semiMatched": float(correlation.max(0).mean()),
        "meanCosine": float(cosine.mean()),
        "medianCosine": float(np.median(cosine)),
        "mmd": float(mmd(a[:, :5], b)),
        "energy": float(energy(a[:, :5], b)),
        "bures": bures(a[:, :5], b),
        "spectrum": float(np.sqrt(1 - shares)),
    },
    sys.stdout,
)
print()
