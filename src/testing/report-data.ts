import type { AngleHistograms, Measurement, Nulls, ReportData } from '../apps/report/contract.ts';
import { Random } from '../core/random.ts';

/** A report's data made up from a seed: shaped like a real one, small, with every section filled. */
export function reportExample(): ReportData {
  const random = Random.fromSeed(7);
  return {
    title: 'Made-up vectors, spread',
    source: 'made-up.npy',
    n: 400,
    d: 24,
    engine: 'wasm',
    seconds: 12.5,
    versions: { tammes: '0.1.0', node: '20.19.0' },
    treatment: 'uniformity + 0.3 fidelity, 200 steps of riemannian-adam',
    before: measurement([3.21, 31.4, 30.9, 0.41, 0.33, 0.0591, -2.539, 14.2, 2.05]),
    after: measurement([17.9, 42.3, 41.8, 0.97, -0.0002, 0.0003, -3.42, 22.6, 0.52]),
    nulls: NULLS,
    moved: { meanAngleDeg: 21.3, meanCosine: 0.926 },
    pairwise: histograms(70, 12, 89, 9, 90, 11.7),
    nearest: histograms(31, 5, 42, 4, 50, 2),
    spectrum: { before: decay(24, 12, 0.11), after: decay(24, 5, 0.02) },
    loss: lossOf(random, 600),
    sphere: {
      labels: Array.from({ length: 300 }, (_, i) => `word${i}`),
      before: cluster(random, 300, 1.2),
      after: cluster(random, 300, 0),
      projection: 'the first three principal axes',
      keptBefore: 0.41,
      keptAfter: 0.14,
    },
    neighbors: {
      k: 10,
      meanOverlap: 6.4,
      among: 'all 400 rows',
      rows: [
        { label: 'may', before: ['could', 'would', 'might'], after: ['july', 'might'], overlap: 1 },
        { label: 'home', before: ['away', 'went'], after: ['house', 'away'], overlap: 1 },
      ],
    },
    hubs: {
      k: 10,
      before: [
        { label: 'well', count: 84 },
        { label: 'even', count: 66 },
      ],
      after: [{ label: 'court', count: 29 }],
    },
    baselines: {
      score: 'Spearman correlation with human ratings',
      sets: ['WS-353', 'SimLex-999'],
      treatments: [
        { name: 'raw rows', role: 'before', values: [0.53, 0.3], hubnessSkewness: 1.8 },
        { name: 'centred', values: [0.55, null], hubnessSkewness: null },
        { name: 'spread', role: 'after', values: [0.63, 0.35], hubnessSkewness: 1.3 },
      ],
      note: 'The sets only judged.',
    },
    recipe: { verb: 'disperse', seed: 0, objective: { id: 'uniformity', t: 2 } },
    notes: ['Two exact duplicates were parted.'],
  };
}

/** The same data as `measure` alone would give them: nothing that needs an after. */
export function measureExample(): ReportData {
  const full = reportExample();
  const { source, n, d, engine, seconds, versions, before, nulls, pairwise, nearest, sphere } =
    full;
  const base = { source, n, d, engine, seconds, versions, before, nulls };
  return {
    ...base,
    title: 'Made-up vectors',
    ...(pairwise ? { pairwise: { ...pairwise, after: undefined } } : {}),
    ...(nearest ? { nearest: { ...nearest, after: undefined } } : {}),
    ...(sphere ? { sphere: { ...sphere, after: undefined, keptAfter: undefined } } : {}),
    spectrum: { before: full.spectrum?.before ?? [] },
    hubs: { k: 10, before: full.hubs?.before ?? [] },
  };
}

const NULLS: Nulls = {
  minAngleDeg: { value: 33.1, low: 30.2, high: 34.9, how: 'asymptotic law, median' },
  medianNearestAngleDeg: { value: 50.1, low: 49.7, high: 50.5, how: 'exact law of one row' },
  meanCosine: { value: 0, low: -0.0011, high: 0.0011, how: 'exact' },
  mmd: { value: 0, low: -1.8e-6, high: 1.8e-6, how: 'exact' },
  uniformity: { value: -3.43, low: -3.4302, high: -3.4298, how: 'exact' },
  effectiveRank: { value: 23.8, how: 'asymptotic' },
  hubnessSkewness: { value: 0.26, low: 0.1, high: 0.42, how: 'simulated' },
};

function measurement(values: readonly number[]): Measurement {
  const [a, b, c, d, e, f, g, h, i] = values;
  return {
    n: 400,
    d: 24,
    engine: 'wasm',
    seconds: 0.4,
    minAngleDeg: a,
    medianNearestAngleDeg: b,
    meanNearestAngleDeg: c,
    circularVariance: d,
    meanCosine: e,
    mmd: f,
    uniformity: g,
    effectiveRank: h,
    hubnessSkewness: i,
  };
}

/** Bell-shaped counts in bins of one degree, with a bell for the law of uniform points. */
function histograms(...bells: readonly number[]): AngleHistograms {
  const [m1, s1, m2, s2, m3, s3] = bells;
  const bell = (x: number, m: number, s: number) => Math.exp(-((x - m) ** 2) / (2 * s * s));
  const edgesDeg = Array.from({ length: 181 }, (_, i) => i);
  const counts = (m: number, s: number) =>
    edgesDeg.slice(0, 180).map((x) => Math.round(4000 * bell(x + 0.5, m, s)));
  const angleDeg = Array.from({ length: 361 }, (_, i) => i / 2);
  const density = angleDeg.map((x) => bell(x, m3, s3) / (s3 * Math.sqrt(2 * Math.PI)));
  return {
    edgesDeg,
    before: counts(m1, s1),
    after: counts(m2, s2),
    nullDensity: { angleDeg, density },
  };
}

function decay(length: number, first: number, rate: number): number[] {
  return Array.from({ length }, (_, i) => first * Math.exp(-rate * i));
}

function lossOf(random: Random, steps: number): NonNullable<ReportData['loss']> {
  const at = Array.from({ length: steps }, (_, i) => i);
  const losses = at.map((i) => -3.4 + Math.exp(-i / 60) + 0.02 * random.normal());
  return { name: 'uniformity + 0.3 fidelity', steps: at, losses };
}

/** Unit 3-vectors around +x; `pull` 0 is uniform. */
function cluster(random: Random, count: number, pull: number): Float32Array {
  const points = new Float32Array(3 * count);
  for (let i = 0; i < points.length; i += 3) {
    const raw = [random.normal() + pull, random.normal(), random.normal()];
    const length = Math.hypot(...raw);
    points.set(
      raw.map((c) => c / length),
      i,
    );
  }
  return points;
}
