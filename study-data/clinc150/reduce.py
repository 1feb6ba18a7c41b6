"""python3 reduce.py vectors.f32: the vectors on the 192 first directions of the training sentences, a byte a number."""

import gzip
import sys

import numpy as np

TRAIN, D = 15000, 192

x = np.fromfile(sys.argv[1], '<f4').reshape(-1, 512)
train = x[:TRAIN].astype(float)
_, axes = np.linalg.eigh(train.T @ train)
axes = axes[:, ::-1][:, :D]
axes = axes * np.sign(axes[np.abs(axes).argmax(0), np.arange(D)])
reduced = x @ axes
reduced /= np.linalg.norm(reduced, axis=1, keepdims=True)
scale = (np.abs(reduced).max(1) / 127).astype('<f4')
q = np.rint(reduced / scale[:, None]).astype(np.int8)
with open('vectors.i8.gz', 'wb') as raw, gzip.GzipFile('', 'wb', 9, raw, 0) as file:
    file.write(scale.tobytes() + q.tobytes())
