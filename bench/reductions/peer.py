"""A map by a peer in Python: python3 peer.py umap|tsne ROWS.f32 n d MAP.f32"""

import json
import sys
import time

import numpy as np

method, path, n, d, output = sys.argv[1:]
x = np.fromfile(path, dtype="<f4").reshape(int(n), int(d))


def mapper():
    if method == "umap":
        import umap

        return umap.UMAP(n_neighbors=15, min_dist=0.1, random_state=1)
    from sklearn.manifold import TSNE

    return TSNE(random_state=1)


if method == "umap":
    # Compiles what the first call compiles.
    mapper().fit_transform(np.random.default_rng(1).normal(size=(5000, 4)).astype("f4"))
reducer = mapper()
began, cpu = time.perf_counter(), time.process_time()
y = reducer.fit_transform(x)
times = {"seconds": time.perf_counter() - began, "cpuSeconds": time.process_time() - cpu}
y.astype("<f4").tofile(output)
print(json.dumps(times))
