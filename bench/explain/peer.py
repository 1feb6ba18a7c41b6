"""One fit of scikit-learn to the table of bench/explain.mjs, the file read; what it took as the last line of stderr."""
import csv
import json
import resource
import sys

import numpy
from sklearn.discriminant_analysis import LinearDiscriminantAnalysis
from sklearn.linear_model import LogisticRegression, RidgeCV

model, vectors, facts = sys.argv[1:]
x = numpy.load(vectors)
with open(facts, newline="") as file:
    known = list(csv.DictReader(file))
topics = [row["topic"] for row in known]
scores = numpy.array([float(row["score"]) for row in known])
if model == "ridge":
    RidgeCV(alphas=numpy.logspace(-6, 4, 81) * len(x)).fit(x, scores)
elif model == "lda":
    LinearDiscriminantAnalysis(solver="lsqr", shrinkage="auto").fit(x, topics)
else:
    LogisticRegression(C=1.0, max_iter=200).fit(x, topics)
used = resource.getrusage(resource.RUSAGE_SELF)
print("\nusage " + json.dumps({"processor": used.ru_utime + used.ru_stime, "memory": used.ru_maxrss / 1024}), file=sys.stderr)
