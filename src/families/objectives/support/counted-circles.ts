import { type Matrix, rows as rowsFrom } from '../../../core/matrix.ts';
import type { AdditiveForm, ObjectiveContext, PartContext } from '../types.ts';
import { largestInverse, requirePlane } from './sliced-loss.ts';

/** Arcs that each circle is counted in: 8 KB a circle, and gradients within a few thousandths of those by sorting. */
const ARCS = 1024;

/** Rows whose projections are held at a time. */
const ROWS = 65536;

/** How rows lie on the planes of some circles, and how forces on the planes go back to the rows. */
export interface Planes {
  /** Of b × d rows, b × 2L, in the element type of the rows. */
  project(points: Matrix): Promise<Matrix>;
  /** Overwrites `gradient`, b × d. */
  back(forces: Matrix, gradient: Matrix): Promise<void>;
}

interface Options {
  readonly circles: number;
  readonly cap: number;
}

type PlanesOf = (
  circles: number,
  points: Matrix,
  context: Pick<ObjectiveContext, 'engine' | 'random' | 'signal'>,
) => Planes;

/**
 * Sliced dispersion by counting. The rank of an angle a in arc k, with C angles in the arcs before it and c in its
 * own, is taken for
 *
 *     C + u·(c − 1),   u = (a + π)·K/2π − k
 *
 * which is the mean over places of the others in the arc. The statistic is those counts and the sum of the angles,
 * L × (K + 1); so it is additive, and no angle has to be compared with one of another part.
 */
export function countedCircles<O extends Options>(where: string, planesOf: PlanesOf): Counted<O> {
  const begun = (circles: number, points: Matrix, context: ObjectiveContext): Planes => {
    requirePlane(where, points);
    return planesOf(circles, points, context);
  };
  return {
    size: (_cols, { circles }) => circles * (ARCS + 1),
    statistic: (points, { circles }, context) =>
      counted(points, circles, begun(circles, points, context), context),
    lossAndGradient: (points, options, statistic, gradient, context) => {
      const planes = begun(options.circles, points, context);
      return pushed(points, options, planes, statistic, gradient, context);
    },
    async ofAll(points, options, gradient, context) {
      const planes = begun(options.circles, points, context);
      const statistic = await counted(points, options.circles, planes, context);
      const all = { ...context, total: points.rows };
      return pushed(points, options, planes, statistic, gradient, all);
    },
  };
}

/** The form, and the loss and gradient where one part is all. */
export interface Counted<O> extends AdditiveForm<O> {
  ofAll(points: Matrix, options: O, gradient: Matrix, context: ObjectiveContext): Promise<number>;
}

async function counted(
  points: Matrix,
  circles: number,
  planes: Planes,
  { engine, signal }: Pick<ObjectiveContext, 'engine' | 'signal'>,
): Promise<Float64Array> {
  const counts = new Float64Array(circles * (ARCS + 1));
  for (const [from, to] of blocks(points.rows)) {
    const projections = await planes.project(rowsFrom(points, from, to));
    const own = await engine.circleCounts(projections, ARCS, { signal });
    for (let e = 0; e < counts.length; e++) counts[e] += own[e];
  }
  return counts;
}

async function pushed(
  points: Matrix,
  { circles, cap }: Options,
  planes: Planes,
  statistic: Float64Array,
  gradient: Matrix,
  { engine, signal, total }: Pick<PartContext, 'engine' | 'signal' | 'total'>,
): Promise<number> {
  const forces = {
    arcs: arcTable(statistic, circles, total),
    scale: 1 / (total * circles),
    inverseCap: largestInverse(cap, points.cols),
  };
  let squares = 0;
  for (const [from, to] of blocks(points.rows)) {
    const projections = await planes.project(rowsFrom(points, from, to));
    squares += await engine.circleForcesInPlace(projections, forces, { signal });
    await planes.back(projections, rowsFrom(gradient, from, to));
  }
  return squares / (2 * total * circles);
}

/** α and β of each arc: where its angles are to lie is α + β·u. */
function arcTable(statistic: Float64Array, circles: number, n: number): Float64Array {
  const table = new Float64Array(2 * circles * ARCS);
  for (let l = 0; l < circles; l++) {
    const counts = statistic.subarray(l * (ARCS + 1), (l + 1) * (ARCS + 1));
    const mean = counts[ARCS] / n;
    let below = 0;
    for (let k = 0; k < ARCS; k++) {
      const at = 2 * (l * ARCS + k);
      table[at] = mean + ((2 * below + 1 - n) * Math.PI) / n;
      table[at + 1] = (2 * Math.max(counts[k] - 1, 0) * Math.PI) / n;
      below += counts[k];
    }
  }
  return table;
}

function* blocks(n: number): Generator<readonly [from: number, to: number]> {
  for (let from = 0; from < n; from += ROWS) yield [from, Math.min(n, from + ROWS)];
}
