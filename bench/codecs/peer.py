"""faiss on the same rows: python3 peer.py ROWS.f32 N D FOLDER TOGETHER ALONE; a JSON line for each way of coding."""

import json
import sys
import time

import faiss
import numpy as np

path, n, d, folder, together, alone = sys.argv[1], *map(int, sys.argv[2:4]), sys.argv[4], *map(int, sys.argv[5:7])
faiss.omp_set_num_threads(1)
rows = np.fromfile(path, dtype=np.float32).reshape(n, d)
queries = np.ascontiguousarray(rows[np.random.default_rng(7).permutation(n)[:together]])


def timed(work):
    before = time.process_time()
    result = work()
    return result, time.process_time() - before


def pq(parts, bits):
    return faiss.IndexPQ(d, parts, bits, faiss.METRIC_INNER_PRODUCT)


def opq(parts, bits):
    turn = faiss.OPQMatrix(d, parts)
    # As many rounds as ours at most; faiss takes 50.
    turn.niter = 20
    return faiss.IndexPreTransform(turn, pq(parts, bits))


def scalar(kind):
    return faiss.IndexScalarQuantizer(d, kind, faiss.METRIC_INNER_PRODUCT)


def divisor(parts):
    """faiss takes parts of equal length only."""
    while d % parts:
        parts -= 1
    return parts


fourth, eighth, half = divisor(-(-d // 4)), divisor(-(-d // 8)), divisor(-(-d // 2))
WAYS = {
    "8 bits a number": lambda: scalar(faiss.ScalarQuantizer.QT_8bit),
    "4 bits a number": lambda: scalar(faiss.ScalarQuantizer.QT_4bit),
    f"PQ, {fourth} × 8 bits": lambda: pq(fourth, 8),
    f"PQ, {half} × 4 bits": lambda: pq(half, 4),
    f"PQ, {eighth} × 8 bits": lambda: pq(eighth, 8),
    f"OPQ, {fourth} × 8 bits": lambda: opq(fourth, 8),
}

for name, make in WAYS.items():
    index = make()
    _, fit = timed(lambda: index.train(rows))
    codes, seconds = timed(lambda: index.sa_encode(rows))
    index.add(rows)
    index.search(queries[:1], 10)
    _, one = timed(lambda: [index.search(queries[i : i + 1], 10) for i in range(alone)])
    _, many = timed(lambda: index.search(queries, 10))
    decoded = index.sa_decode(codes)
    file = f"{folder}/decoded-{abs(hash(name))}.f32"
    decoded.astype(np.float32).tofile(file)
    middle = ((rows - rows.mean(axis=0)) ** 2).sum()
    print(
        json.dumps(
            {
                "name": f"faiss {faiss.__version__}: {name}",
                "bytes": int(codes.shape[1]),
                "lost": float(((rows - decoded) ** 2).sum() / middle),
                "fit": fit,
                "encode": rows.nbytes / 1e6 / seconds,
                "alone": n * alone / one,
                "together": n * together / many,
                "file": file,
            }
        ),
        flush=True,
    )
