import { integerProduct, largestCosine, rowProducts } from '../constructions/exact-cosine.ts';
import type { ExactCoordinates, IntegerRows } from '../constructions/index.ts';
import type { Quadratic } from '../exact/quadratic.ts';
import * as K from '../exact/quadratic.ts';
import * as Q from '../exact/rational.ts';
import { Watch } from '../solver/watch.ts';

/** What all pairs of a code say. */
export interface Census {
  /** The largest cosine, exactly. */
  readonly cosine: Quadratic;
  /** Pairs that have it. */
  readonly contacts: number;
}

/** Pairs looked at in exact arithmetic: about ten seconds' worth. */
const MOST_PAIRS = 2e9;

interface Weighted {
  readonly block: IntegerRows;
  readonly weight: Q.Rational;
}

/**
 * The largest cosine among the first n rows and how many pairs have it, from whole-number coordinates;
 * undefined where there are none, or too many pairs to look at.
 */
export function exactCensus(
  exact: ExactCoordinates | undefined,
  n: number,
  watch = new Watch(),
): Promise<Census> | undefined {
  if (!exact || (n * (n - 1)) / 2 > MOST_PAIRS) return undefined;
  if (exact.kind === 'surds') return censusOfSurds(exact, n, watch);
  const blocks: Weighted[] =
    exact.kind === 'weighted'
      ? exact.blocks.map((block) => ({ block, weight: block.weight }))
      : [{ block: exact, weight: Q.ONE }];
  return censusOfBlocks(blocks, n, watch);
}

/**
 * Rows that agree in the blocks after the first are of one kind: for each pair of kinds only the
 * largest product in the first block matters.
 */
async function censusOfBlocks(
  [first, ...others]: readonly Weighted[],
  n: number,
  watch: Watch,
): Promise<Census> {
  const { kindOf, kinds, example } = kindsOf(
    others.map(({ block }) => block),
    n,
  );
  const best = new Float64Array(kinds * kinds).fill(-Infinity);
  const count = new Float64Array(kinds * kinds);
  const product = rowProducts(first.block, n);
  for (let i = 1; i < n; i++) {
    await watch.checkpoint();
    const row = kindOf[i] * kinds;
    for (let j = 0; j < i; j++) {
      const value = product(i, j);
      const at = row + kindOf[j];
      if (value < best[at]) continue;
      if (value > best[at]) count[at] = 0;
      best[at] = value;
      count[at] += 1;
    }
  }
  let census: Census | undefined;
  for (let at = 0; at < best.length; at++) {
    if (count[at] === 0) continue;
    let sum = scaled(first, best[at]);
    for (const other of others) {
      const { numerators, cols } = other.block;
      const [a, b] = [example[Math.floor(at / kinds)], example[at % kinds]];
      sum = Q.add(sum, scaled(other, integerProduct(numerators, cols, a, b)));
    }
    census = added(census, { cosine: K.quadratic(sum), contacts: count[at] });
  }
  return census as Census;
}

function scaled({ block, weight }: Weighted, product: number): Q.Rational {
  return Q.multiply(weight, Q.rational(product, block.squaredNorm));
}

function added(census: Census | undefined, other: Census): Census {
  if (!census) return other;
  const order = K.compareQuadratics(other.cosine, census.cosine);
  if (order === 0) return { ...census, contacts: census.contacts + other.contacts };
  return order > 0 ? other : census;
}

function kindsOf(blocks: readonly IntegerRows[], n: number) {
  const numbers = new Map<string, number>();
  const example: number[] = [];
  const kindOf = Int32Array.from({ length: n }, (_, i) => {
    const key = blocks
      .map(({ numerators, cols }) => numerators.subarray(i * cols, (i + 1) * cols).join())
      .join(';');
    let kind = numbers.get(key);
    if (kind === undefined) {
      kind = example.length;
      numbers.set(key, kind);
      example.push(i);
    }
    return kind;
  });
  return { kindOf, kinds: example.length, example };
}

async function censusOfSurds(
  exact: Extract<ExactCoordinates, { kind: 'surds' }>,
  n: number,
  watch: Watch,
): Promise<Census> {
  const { rational, surd, root, cols, squaredNorm } = exact;
  const cosine = largestCosine(exact, n);
  const product = K.times(cosine, squaredNorm);
  let contacts = 0;
  for (let i = 1; i < n; i++) {
    await watch.checkpoint();
    for (let j = 0; j < i; j++) {
      let whole = 0;
      let roots = 0;
      for (let c = 0; c < cols; c++) {
        const [a, b] = [i * cols + c, j * cols + c];
        whole += rational[a] * rational[b] + root * surd[a] * surd[b];
        roots += rational[a] * surd[b] + surd[a] * rational[b];
      }
      const value = K.quadratic(Q.rational(whole), Q.rational(roots), root);
      if (K.compareQuadratics(value, product) === 0) contacts += 1;
    }
  }
  return { cosine, contacts };
}
