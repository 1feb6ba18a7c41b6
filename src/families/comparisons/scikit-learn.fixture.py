"""Writes scikit-learn.fixture.json: how true maps of two small matrices are, by scikit-learn and SciPy.

    python3 src/families/comparisons/scikit-learn.fixture.py > src/families/comparisons/scikit-learn.fixture.json
"""
import json
import sys
from pathlib import Path

import numpy as np
import scipy
import sklearn
from scipy.spatial.distance import pdist
from sklearn.manifold import trustworthiness
from sklearn.neighbors import NearestNeighbors

data = json.loads((Path(__file__).parent / "scipy.fixture.json").read_text())
a, b = np.array(data["a"]), np.array(data["b"])


def stress(x, y):
    scale = x @ y / (x @ x)
    return float(np.sqrt(np.sum((y - scale * x) ** 2) / np.sum(y**2)))


def recall(k):
    near = [NearestNeighbors(n_neighbors=k).fit(m).kneighbors(return_distance=False) for m in (a, b)]
    return float(np.mean([len(set(x) & set(y)) / k for x, y in zip(*near)]))


json.dump(
    {
        "library": f"scikit-learn {sklearn.__version__}, scipy {scipy.__version__}",
        "script": "src/families/comparisons/scikit-learn.fixture.py",
        "trustworthiness": {k: float(trustworthiness(a, b, n_neighbors=k)) for k in (1, 5, 12, 19)},
        "continuity": {k: float(trustworthiness(b, a, n_neighbors=k)) for k in (1, 5, 12, 19)},
        "recall": {k: recall(k) for k in (1, 5, 12, 19)},
        "stress": stress(pdist(a), pdist(b)),
        "angleStress": stress(np.arccos(1 - pdist(a, "cosine")), np.arccos(1 - pdist(b, "cosine"))),
    },
    sys.stdout,
)
print()
