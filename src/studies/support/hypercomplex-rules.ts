import type { Random } from '../../core/random.ts';
import { referenceEngine } from '../../engine/reference.ts';
import {
  adam,
  constant,
  cosineDecay,
  evaluate,
  hypercomplex,
  matmul,
  meanSquaredError,
  mixBlocks,
  multiply,
  parameter,
  reshape,
  train,
  Workspace,
} from '../../learning/index.ts';
import { cayleyDicksonTable } from '../../numerics/algebra/cayley-dickson.ts';

/** A product of two numbers of several parts. */
export type Product = (s: Iterable<number>, x: Iterable<number>) => readonly number[];

/** Hamilton's product, written out. */
export const quaternionProduct: Product = ([a, b, c, d], [p, q, r, s]) => [
  a * p - b * q - c * r - d * s,
  a * q + b * p + c * s - d * r,
  a * r - b * s + c * p + d * q,
  a * s + b * r - c * q + d * p,
];

/** (a, b)·(c, d) = (a·c − d̄·b, d·a + b·c̄) of pairs of quaternions. */
export const octonionProduct: Product = (s, x) => {
  const halves = (o: Iterable<number>) => [[...o].slice(0, 4), [...o].slice(4)];
  const conjugate = ([a, ...others]: readonly number[]) => [a, ...others.map((e) => -e)];
  const [[a, b], [c, d]] = [halves(s), halves(x)];
  const first = quaternionProduct(a, c).map((e, i) => e - quaternionProduct(conjugate(d), b)[i]);
  const second = quaternionProduct(d, a).map((e, i) => e + quaternionProduct(b, conjugate(c))[i]);
  return [...first, ...second];
};

/** The turn of a row at once: s × x in space, the tangent of a rotation about s. */
export const crossProduct: Product = ([a, b, c], [p, q, r]) => [
  b * r - c * q,
  c * p - a * r,
  a * q - b * p,
];

/** The largest |layer − product| over random numbers, relative to the product's length. */
export async function tableError(parts: number, product: Product, random: Random): Promise<number> {
  const table = cayleyDicksonTable(parts);
  const options = { name: 'h', inputs: parts, outputs: parts, parts, table, bias: false };
  const net = hypercomplex({ ...options, float64: true });
  let worst = 0;
  for (let repeat = 0; repeat < 100; repeat++) {
    const [s, x] = [drawn(parts, random), drawn(parts, random)];
    net.parameters[0].data.set(s);
    const y = await evaluate(net(constant(x, [1, parts])), new Workspace(referenceEngine));
    const wanted = product(s, x);
    const error = Math.hypot(...wanted.map((value, e) => value - y[e]));
    worst = Math.max(worst, error / Math.hypot(...wanted));
  }
  return worst;
}

/**
 * Learns the table of a product from pairs (x, s·x) of as many different s, and gives the largest error of a number of the
 * table. The layer is given s: S_i is part i of s.
 */
export async function learnedTableError(
  parts: number,
  product: Product,
  {
    pairs,
    steps,
    random,
  }: { readonly pairs: number; readonly steps: number; readonly random: Random },
): Promise<number> {
  const [given, x] = [drawn(pairs * parts, random), drawn(pairs * parts, random)];
  const wanted = new Float64Array(pairs * parts);
  const factors = new Float64Array(pairs * parts * parts);
  for (let r = 0; r < pairs; r++) {
    const s = given.subarray(r * parts, (r + 1) * parts);
    wanted.set(product(s, x.subarray(r * parts, (r + 1) * parts)), r * parts);
    for (let p = 0; p < parts; p++) factors.set(s, (r * parts + p) * parts);
  }
  const table = parameter('table', drawn(parts ** 3, random), [parts, parts, parts]);
  const rows = constant(x, [pairs, parts]);
  const kernels = constant(factors, [pairs, parts, parts]);
  const ones = constant(new Float64Array(parts).fill(1), [parts, 1]);
  const target = constant(wanted, [pairs * parts, 1]);
  await train({
    steps,
    engine: referenceEngine,
    update: adam({ learningRate: 0.1 }),
    schedule: cosineDecay(),
    loss() {
      const mixed = multiply(mixBlocks(rows, table), kernels);
      return meanSquaredError(matmul(reshape(mixed, [pairs * parts, parts]), ones), target);
    },
  });
  return tableDifference(table.data, product, parts);
}

/** The largest difference of a table from that of a product, which units show. */
function tableDifference(table: ArrayLike<number>, product: Product, n: number): number {
  const unit = (at: number) => Float64Array.from({ length: n }, (_, e) => (e === at ? 1 : 0));
  let worst = 0;
  for (let i = 0; i < n; i++)
    for (let q = 0; q < n; q++)
      product(unit(i), unit(q)).forEach((value, p) => {
        worst = Math.max(worst, Math.abs(value - table[(i * n + p) * n + q]));
      });
  return worst;
}

function drawn(length: number, random: Random): Float64Array {
  const out = new Float64Array(length);
  random.normals(out);
  return out;
}
