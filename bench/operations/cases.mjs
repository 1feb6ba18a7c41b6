import { Random, zerosLike } from '../../dist/core/index.js';
import { koleo, maxMinAngle } from '../../dist/families/objectives/index.js';

/** n random unit rows of length d. */
export function unitRows(n, d, seed = 1) {
  const random = Random.fromSeed(seed);
  const data = new Float32Array(n * d);
  for (let i = 0; i < n; i++) {
    let squared = 0;
    for (let c = i * d; c < (i + 1) * d; c++) {
      data[c] = random.normal();
      squared += data[c] ** 2;
    }
    for (let c = i * d; c < (i + 1) * d; c++) data[c] /= Math.sqrt(squared);
  }
  return { data, rows: n, cols: d };
}

/**
 * An energy with its gradient, counted as 4n²d operations: every pair from both sides, no exponential. The
 * kernels meet each pair once and so do 3n²d.
 */
function energy(shape, distance, scale, n, d, peer) {
  return {
    operation: `${shape} ${distance}`,
    n,
    d,
    flops: 4 * n * n * d,
    executed: 0.75,
    peer,
    make() {
      const points = unitRows(n, d);
      const gradient = zerosLike(points);
      return (engine) => engine.pairwiseEnergy(points, { shape, distance, scale }, gradient);
    },
  };
}

/** An objective with its gradient, as a user would call it. */
function objective(method, operation, n, d, peer) {
  return {
    operation,
    n,
    d,
    flops: 2 * n * n * d,
    peer,
    make() {
      const points = unitRows(n, d);
      return (engine) => method(points, {}, { engine });
    },
  };
}

function momentum(n, d) {
  return {
    operation: 'sphere-momentum',
    n,
    d,
    bytes: 16 * n * d,
    make() {
      const [points, gradient, memory] = [1, 2, 3].map((seed) => unitRows(n, d, seed));
      const keep = new Float64Array(n).fill(0.9);
      return (engine) => engine.sphereMomentumInPlace(points, gradient, memory, keep, 0.1);
    },
  };
}

function flow(n, d) {
  return {
    operation: 'sphere-flow',
    n,
    d,
    bytes: 16 * n * d,
    make() {
      const [points, velocities] = [unitRows(n, d, 1), unitRows(n, d, 2)];
      const times = new Float64Array(n).fill(1e-3);
      const sums = new Float64Array(4 * n).map((_, i) => (i % 4 === 2 ? 0 : 1));
      return (engine) => engine.sphereFlowInPlace(points, velocities, times, sums);
    },
  };
}

function onRows(operation, n, d, flops, run) {
  return {
    operation,
    n,
    d,
    flops,
    make() {
      const points = unitRows(n, d);
      return (engine) => run(engine, points);
    },
  };
}

/** What is timed; `large` adds what takes the peer seconds and gigabytes. */
export function cases(large) {
  const full = large ? [2000, 8000, 20_000] : [2000, 8000];
  return [
    energy('gaussian', 'chordal', 2, 24, 3),
    energy('gaussian', 'chordal', 2, 512, 64, 'gaussian'),
    ...full.map((n) => energy('gaussian', 'chordal', 0.5, n, 64, 'gaussian')),
    energy('gaussian', 'chordal', 2, 4096, 64),
    energy('gaussian', 'chordal', 2, 1000, 1024),
    ...(large ? [] : [energy('gaussian', 'chordal', 2, 20_000, 64)]),
    energy('gaussian', 'geodesic', 1, 4096, 64),
    energy('laplace', 'chordal', 1, 4096, 64),
    energy('laplace', 'geodesic', 1, 4096, 64),
    energy('riesz', 'chordal', 1, 4096, 64),
    energy('riesz', 'geodesic', 1, 4096, 64),
    ...full
      .slice(1)
      .flatMap((n) => [
        energy('laplace', 'chordal', 1, n, 64, 'laplace'),
        energy('riesz', 'chordal', 1, n, 64, 'riesz'),
        objective(maxMinAngle, 'max-min-angle', n, 64, 'mma'),
        objective(koleo, 'koleo', n, 64, 'koleo'),
      ]),
    onRows('10 nearest', 4096, 64, 2 * 4096 ** 2 * 64, (engine, x) => engine.nearest(x, 10)),
    onRows('10 nearest', 20_000, 100, 2 * 20_000 ** 2 * 100, (engine, x) => engine.nearest(x, 10)),
    onRows('matmul', 1024, 1024, 2 * 1024 ** 3, (engine, x) => engine.matmul(x, x)),
    onRows('gram (float64)', 4096, 128, 4096 * 128 ** 2, (engine, x) => engine.gram(x)),
    onRows('sort-rows', 13, 20_000, 0, (engine, x) => engine.sortRows(x)),
    momentum(20_000, 64),
    flow(20_000, 64),
  ];
}

/** Sizes from which growth is fitted. */
export function growth() {
  return {
    n: [1000, 2000, 4000, 8000].map((n) => energy('gaussian', 'chordal', 2, n, 64)),
    d: [32, 64, 128, 256].map((d) => energy('gaussian', 'chordal', 2, 2000, d)),
  };
}
