// Classes that separate well, weakly and not at all, scores along an axis, modes. `truth` left out: the
// estimator's own mean over the repeats is the target.
import { rowsOf } from './spaces.mjs';

const shares = ['knn-accuracy', 'linear-probe-accuracy', 'nc4'];
const numbers = ['silhouette', 'nc1', 'nc2', 'nc3', 'class-rank', 'rate-reduction'];

const classRows = (n, d, count, apart, noise) => (random) =>
  rowsOf(n, d, (i) =>
    Float64Array.from(
      { length: d },
      (_, c) => noise * random.normal() + (c === i % count ? apart : 0),
    ),
  );

const inTurn =
  (count) =>
  ({ rows }) => ({ classes: Array.from({ length: rows }, (_, i) => `${i % count}`) });

const own = (ids) => ids.map((id) => ({ id }));

const sizes = [
  [240, 10, 2],
  [300, 12, 4],
  [600, 30, 10],
];
const degrees = [
  ['apart', 1, 0.3],
  ['weakly apart', 1, 0.8],
  ['the same', 0, 1],
];

/** A common direction and noise; the score is the second column and noise of its own. */
const scored = (n, d, noise) => (random) => {
  const own = random.fork('scores');
  const rows = rowsOf(n, d, () =>
    Float64Array.from({ length: d }, (_, c) => (c === 0 ? 2 : random.normal())),
  );
  const scores = Float64Array.from(
    { length: n },
    (_, i) => (noise < Infinity ? rows.data[i * d + 1] : 0) + Math.min(noise, 1e6) * own.normal(),
  );
  return { ...rows, scores };
};

const axes = [
  [200, 10],
  [300, 60],
].flatMap(([n, d]) =>
  [0.2, 1, 4, Infinity].map((noise) => ({
    space: `labels: scores along one of ${d} columns, noise ${noise}, ${n} rows`,
    draw: scored(n, d, noise),
    facts: ({ scores }) => ({ scores }),
    metrics: own(['rank-axis']),
  })),
);

const classCases = sizes.flatMap(([n, d, count]) =>
  degrees.map(([words, apart, noise]) => ({
    space: `labels: ${count} classes ${words}, ${n} rows in R${d}`,
    draw: classRows(n, d, count, apart, noise),
    facts: inTurn(count),
    metrics: own(count === 4 ? [...shares, ...numbers] : shares),
  })),
);

export const cases = [...classCases, ...axes];
