// Planted spaces: what they are made of is known, so what a metric should say is known too.
import { Random } from '../../dist/core/random.js';
import { uniformPoints, vonMisesFisher } from '../../dist/manifolds/index.js';

/** n × d float32 rows from a function of the row number. */
export function rowsOf(n, d, row) {
  const data = new Float32Array(n * d);
  for (let i = 0; i < n; i++) data.set(row(i), i * d);
  return { data, rows: n, cols: d };
}

export const uniform = (n, d) => (random) => uniformPoints(n, d, random);

/** Von Mises–Fisher of concentration κ about the first axis. */
export const directed = (n, d, kappa) => (random) =>
  vonMisesFisher(
    n,
    Float64Array.from({ length: d }, (_, c) => (c === 0 ? 1 : 0)),
    kappa,
    random,
  );

/** Uniform points of a great sphere of dimension m in d dimensions. */
export const greatSphere = (n, m, d) => (random) => {
  const drawn = uniformPoints(n, m + 1, random);
  return rowsOf(n, d, (i) => drawn.data.subarray(i * (m + 1), (i + 1) * (m + 1)));
};

/** r directions of variance 1 and noise of variance `noise` in all d. */
export const lowRank = (n, d, r, noise) => (random) =>
  rowsOf(n, d, () =>
    Float64Array.from(
      { length: d },
      (_, c) => (c < r ? random.normal() : 0) + Math.sqrt(noise) * random.normal(),
    ),
  );

/** A flat torus of m angles in 2m dimensions, padded to d: dimension m, curved. */
export const torus = (n, m, d) => (random) =>
  rowsOf(n, d, () => {
    const angles = Array.from({ length: m }, () => 2 * Math.PI * random.uniform());
    return angles.flatMap((a) => [Math.cos(a), Math.sin(a)]);
  });

/** Rows about a common mean, in which those near it are hubs. */
export const hubs = (n, d, shift) => (random) =>
  rowsOf(n, d, () => Float64Array.from({ length: d }, () => shift + random.normal()));

/** The centres of `clusters`. */
export const centersOf = (count, d) => uniformPoints(count, d, Random.fromSeed(7));

/** Tight clusters of equal size about uniform centres, the same in every draw. */
export const clusters = (n, d, count, spread) => (random) => {
  const centers = centersOf(count, d);
  return rowsOf(n, d, (i) =>
    centers.data
      .subarray((i % count) * d, ((i % count) + 1) * d)
      .map((x) => x + spread * random.normal()),
  );
};

/** Uniform points of which the first `copies` come a second time, moved by `angle` degrees. */
export const duplicates = (n, d, copies, angle) => (random) => {
  const drawn = uniformPoints(n - copies, d, random.fork('points'));
  const step = Math.tan((angle * Math.PI) / 180);
  return rowsOf(n, d, (i) => {
    const from = i < n - copies ? i : i - (n - copies);
    const row = drawn.data.slice(from * d, (from + 1) * d);
    if (i < n - copies) return row;
    const along = Float64Array.from({ length: d }, () => random.normal());
    const inner = along.reduce((sum, x, c) => sum + x * row[c], 0);
    const tangent = along.map((x, c) => x - inner * row[c]);
    const length = Math.hypot(...tangent);
    return row.map((x, c) => x + (step * tangent[c]) / length);
  });
};

/** n × d independent normals, each passed through `f(z, i, c)`. */
export const normals = (n, d, f) => (random) =>
  rowsOf(n, d, (i) => Float64Array.from({ length: d }, (_, c) => f(random.normal(), i, c)));

/** A ball of dimension m and radius 0.3 about the axis m of R^d: dimension m, with an edge. */
export const ball = (n, m, d) => (random) =>
  rowsOf(n, d, () => {
    const row = new Float64Array(d);
    for (let c = 0; c < m; c++) row[c] = random.normal();
    const scale = (0.3 * random.uniform() ** (1 / m)) / Math.hypot(...row);
    return row.map((x, c) => (c === m ? 1 : scale * x));
  });

/** The cube [−1, 1]^(m+1), scaled to the sphere: dimension m, denser towards its corners. */
export const cube = (n, m, d) => (random) =>
  rowsOf(n, d, () => Array.from({ length: m + 1 }, () => 2 * random.uniform() - 1));

/** Uniform points of the unit circle in the first two of d dimensions, with a little noise. */
export const circle = (n, d, noise) => (random) =>
  rowsOf(n, d, () => {
    const angle = 2 * Math.PI * random.uniform();
    return Float64Array.from(
      { length: d },
      (_, c) => [Math.cos(angle), Math.sin(angle)][c] ?? noise * random.normal(),
    );
  });
