"""numpy beside tammes: products by BLAS and argpartition, in blocks of queries; ROWS TRUTH n d queries k."""
import json
import os
import sys
import time

os.environ["OPENBLAS_NUM_THREADS"] = os.environ["OMP_NUM_THREADS"] = "1"
import numpy as np

n, d, count, k = map(int, sys.argv[3:7])
rows = np.fromfile(sys.argv[1], dtype=np.float32).reshape(-1, d)
truth = np.fromfile(sys.argv[2], dtype=np.int32).reshape(count, k)
points, queries = rows[:n], rows[n:]


def answers(block):
    found = []
    for first in range(0, count, block):
        scores = queries[first : first + block] @ points.T
        np.negative(scores, out=scores)
        found.append(np.argpartition(scores, k, axis=1)[:, :k])
    return np.concatenate(found)


best = float("inf")
for block in (10, 50, 200):
    for _ in range(2):
        start = time.process_time()
        found = answers(block)
        best = min(best, time.process_time() - start)
recall = np.mean([len(set(a) & set(b)) / k for a, b in zip(found, truth)])
print(json.dumps({"curve": [{"effort": None, "recall": float(recall), "seconds": best}]}))
