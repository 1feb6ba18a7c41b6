import { ShapeError } from '../../../core/errors.ts';
import { degreesOf } from '../bounds/bound.ts';
import { cosineOfHalfTurns, highEnd } from '../exact/interval.ts';
import * as K from '../exact/quadratic.ts';
import * as Q from '../exact/rational.ts';
import { requireRoom } from '../support/room.ts';
import type { BuiltPoints, ConstructedCode, Construction } from './contract.ts';
import { largestCosine } from './exact-cosine.ts';
import { chains, everyConstruction } from './families.ts';
import { labelledCodes } from './labelled.ts';
import { crossPolytope, polygonPoints, simplex } from './polytopes.ts';
import { canThin, thinned } from './subset.ts';

export type {
  BuiltPoints,
  ConstructedCode,
  Construction,
  ExactCoordinates,
  IntegerRows,
  Integers,
} from './contract.ts';
export { largestCosine } from './exact-cosine.ts';

/** Cosines closer than this are one value, rounded on different ways. */
const SAME = 1e-12;

const listed = new Map<number, readonly Construction[]>();

/**
 * The constructions of at most d dimensions that no other beats in size and cosine at once, by size.
 *
 * Cheap: no point is built. Of the simplices only the largest is listed.
 */
export function listConstructions(d: number): readonly Construction[] {
  requireDimension(d);
  const known = listed.get(d);
  if (known) return known;
  const all = [
    ...everyConstruction(d),
    ...labelledCodes(chains, d, (_, most) => labelCounts(most)),
  ];
  const front = undominated(all);
  listed.set(d, front);
  return front;
}

/**
 * The construction with the smallest cosine among those with at least n points in at most d
 * dimensions: n of its points, exact where its coordinates are, or null where none is large enough.
 *
 * Where the full set is small enough to look at all pairs, the n points are those that leave the
 * fewest pairs at the largest cosine.
 */
export function constructionFor(n: number, d: number): ConstructedCode | null {
  requireDimension(d);
  if (!Number.isSafeInteger(n) || n < 2) {
    throw new ShapeError('constructionFor', 'at least 2 points', `${n}`);
  }
  requireRoom('constructionFor', n, d);
  if (n <= d + 1) return described(simplex(n), n, d);
  if (n <= 2 * d) return described(crossPolytope(d), n, d);
  if (d === 2) return polygon(n);
  const labelled = labelledCodes(chains, d, (inner, most) => {
    const labels = Math.ceil(n / inner);
    return labels >= 2 && labels <= most ? [labels] : [];
  });
  const fitting = [...listConstructions(d), ...labelled].filter(({ size }) => size >= n);
  const best = fitting.reduce<Construction | undefined>(
    (winner, other) => (winner && !isBetter(other, winner) ? winner : other),
    undefined,
  );
  return best ? described(best, n, d) : null;
}

/** Constructions with sizes between n/1.5 and 2n, the nearest first: starts for a search. */
export function constructionsNear(n: number, d: number): Construction[] {
  const distance = ({ size }: Construction) => Math.abs(Math.log(size / n));
  return listConstructions(d)
    .filter(({ size }) => size * 1.5 >= n && size <= 2 * n)
    .sort((x, y) => distance(x) - distance(y));
}

/** Smaller cosine; at the same cosine fewer dimensions, which leaves room to move, then fewer points. */
function isBetter(x: Construction, y: Construction): boolean {
  if (Math.abs(x.cosine - y.cosine) > SAME) return x.cosine < y.cosine;
  return x.dim !== y.dim ? x.dim < y.dim : x.size < y.size;
}

function undominated(all: Construction[]): Construction[] {
  const largestFirst = [...all].sort((x, y) => y.size - x.size || (isBetter(x, y) ? -1 : 1));
  const front: Construction[] = [];
  for (const construction of largestFirst) {
    const last = front.at(-1);
    if (!last || construction.cosine < last.cosine - SAME) front.push(construction);
    else if (Math.abs(construction.cosine - last.cosine) <= SAME && construction.dim < last.dim) {
      front.push(construction);
    }
  }
  return front.reverse();
}

/** Label counts to list: all up to 64, then a ladder; it does not depend on d, so more room never hurts. */
function labelCounts(most: number): number[] {
  const out: number[] = [];
  for (let k = 2; k <= most; k = k < 64 ? k + 1 : Math.ceil(k * 1.05)) out.push(k);
  return out;
}

function described(construction: Construction, n: number, d: number): ConstructedCode {
  const { name, source, size, dim } = construction;
  const { built, exactCosine } = chosen(construction, n, d);
  return {
    ...built,
    name,
    source,
    size,
    dim,
    cosine: K.numberAbove(exactCosine),
    exactCosine,
    cosineText: K.quadraticText(exactCosine),
    deg: degreesOf(exactCosine),
  };
}

/** n points, taken well where that can be afforded, and the largest cosine they are known to have. */
function chosen(
  construction: Construction,
  n: number,
  d: number,
): { built: BuiltPoints; exactCosine: K.Quadratic } {
  const { size, cosine } = construction;
  const exactCosine = construction.exactCosine();
  const worthwhile = size > n && cosine > SAME && canThin(size, Math.min(d, construction.dim));
  if (!worthwhile) return { built: construction.build(n, d), exactCosine };
  const full = construction.build(size, d);
  if (full.exact?.kind !== 'integers' || !canThin(size, full.exact.cols)) {
    return { built: construction.build(n, d), exactCosine };
  }
  const built = thinned(full, full.exact, n);
  return { built, exactCosine: built.exact ? largestCosine(built.exact, n) : exactCosine };
}

function polygon(n: number): ConstructedCode {
  return {
    ...polygonPoints(n),
    name: `regular polygon with ${n} vertices`,
    source: 'elementary',
    size: n,
    dim: 2,
    cosine: Q.toNumberUp(highEnd(cosineOfHalfTurns(Q.rational(2, n)))),
    cosineText: `cos(360°/${n})`,
    deg: 360 / n,
  };
}

function requireDimension(d: number): void {
  if (!Number.isSafeInteger(d) || d < 1) {
    throw new ShapeError('constructions', 'at least 1 dimension', `${d}`);
  }
}

export { lineConstructionFor } from './lines.ts';
