import { ShapeError } from '../../core/errors.ts';
import { type Matrix, matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { unitRows } from '../../core/rows.ts';
import { cite } from '../../method/bibliography/cite.ts';
import * as papers from '../../method/bibliography/papers.ts';
import * as sources from '../../method/bibliography/sources.ts';
import { integer, seedOption } from '../../method/options.ts';
import { assignRows } from '../../numerics/solvers/assignment.ts';
import { defineCode } from './define.ts';
import { leadingCoordinates, orthogonalFactor, randomRotation } from './support/rotation.ts';

export interface SemanticProblem {
  /** m × d code. */
  readonly code: Matrix<Float64Array>;
  /** n × k vectors of the classes' meanings, n ≤ m; directions count. */
  readonly semantics: Matrix;
}

/** Which class gets which code vector. */
export interface SemanticAssignment {
  /** Row of the code for each class; n different ones. */
  readonly rows: Int32Array;
  /** Correlation over all pairs of classes of their similarity in meaning with that of their codes. */
  readonly correlation: number;
  /** The same for the code's own order, class i with row i. */
  readonly correlationBefore: number;
}

/**
 * Gives classes the code vectors that fit their meanings: alike classes get near codes.
 *
 *     maximise Σ_{i,j} Sᵢⱼ C_{π(i)π(j)} over injective π from n classes to m code vectors
 *
 * S (n × n) and C (m × m) the cosines of meanings and of codes, a quadratic assignment problem.
 * Meanings are brought to d dimensions by their leading principal directions; then rotation
 * (orthogonal Procrustes) and linear assignment take turns from several rotations, and swaps of two
 * classes improve the best.
 *
 * @remarks Use it after `best-code` or `line-code`, when mistakes between alike classes should cost
 * less than others: the code itself does not change, only who gets which row. `correlation` says
 * how well it went, beside `correlationBefore` for the order as it was; for a simplex, whose
 * cosines are all equal, no order is better than another, and it is 0. A good local optimum, not
 * always the best; O(n²m) for each of the rotations, several times.
 * @example
 * import { matrix } from 'tammes';
 * import { semanticAssignment } from 'tammes/codes';
 *
 * // Five classes around a circle, and the corners of a pentagon in another order.
 * const corners = (order: number[]) => {
 *   const angles = order.map((k) => (2 * Math.PI * k) / 5);
 *   return matrix(Float64Array.from(angles.flatMap((a) => [Math.cos(a), Math.sin(a)])), 5, 2);
 * };
 * const problem = { semantics: corners([0, 1, 2, 3, 4]), code: corners([0, 2, 4, 1, 3]) };
 * const { correlation, correlationBefore } = await semanticAssignment(problem);
 * console.log(correlationBefore.toFixed(2), correlation.toFixed(2)); // -1.00 1.00
 * @function
 */
export const semanticAssignment = /* @__PURE__ */ defineCode({
  id: 'semantic-assignment',
  title: 'Assignment of codes to classes by meaning',
  summary: 'Which class gets which code vector, so that alike classes have near codes.',
  references: [
    cite(papers.beyondOneHotLowerDimensionalTargetEmbedding, 'codes from class similarity'),
    cite(sources.shortestAugmentingPath, 'the linear assignment'),
  ],
  options: {
    seed: seedOption(),
    rotations: integer(50, 'Random rotations to start from.', { min: 1 }),
  },
  deviations: [
    'The paper builds codes from similarities; here a given code is handed out by them.',
  ],
  async compute({ code, semantics }: SemanticProblem, { seed, rotations }, run) {
    const { rows: m, cols: d } = code;
    const n = semantics.rows;
    if (n > m) throw new ShapeError('semantic-assignment', `at most ${m} classes`, `${n}`);
    if (n < 2) throw new ShapeError('semantic-assignment', 'at least 2 classes', `${n}`);
    const meanings = unitRows('semantic-assignment', semantics).points;
    const similarity = gramOf(Float64Array.from(meanings.data), n);
    const codes = gramOf(code.data, m);
    const coordinates = leadingCoordinates(meanings, d);
    const random = Random.fromSeed(seed).fork('rotations');
    let best: { rows: Int32Array; agreement: number } | undefined;
    for (let k = 0; k < rotations; k++) {
      await run.tick({ stage: 'assign', done: k / rotations });
      const found = alternate(coordinates, code, randomRotation(d, random.fork(k)));
      swapWhileBetter(found, similarity, codes, m);
      const agreement = agreementOf(found, similarity, codes, m);
      if (!best || agreement > best.agreement) best = { rows: found, agreement };
    }
    const rows = (best as { rows: Int32Array }).rows;
    const own = Int32Array.from({ length: n }, (_, i) => i);
    return {
      rows,
      correlation: correlation(rows, similarity, codes, m),
      correlationBefore: correlation(own, similarity, codes, m),
    } satisfies SemanticAssignment;
  },
});

/** Assignment for a rotation, rotation for an assignment, until nothing changes. */
function alternate(
  meanings: Float64Array,
  { data, rows: m, cols: d }: Matrix<Float64Array>,
  start: Float64Array,
): Int32Array {
  const n = meanings.length / d;
  let rotation = start;
  let rows: Int32Array = new Int32Array(n).fill(-1);
  const cost = new Float64Array(n * m);
  for (let round = 0; round < 50; round++) {
    for (let i = 0; i < n; i++) {
      const turned = new Float64Array(d);
      for (let a = 0; a < d; a++) {
        for (let b = 0; b < d; b++) turned[a] += rotation[a * d + b] * meanings[i * d + b];
      }
      for (let j = 0; j < m; j++) {
        let product = 0;
        for (let a = 0; a < d; a++) product += turned[a] * data[j * d + a];
        cost[i * m + j] = -product;
      }
    }
    const { columns } = assignRows(matrix(cost, n, m));
    if (columns.every((column, i) => column === rows[i])) break;
    rows = columns;
    const cross = new Float64Array(d * d);
    for (let i = 0; i < n; i++) {
      for (let a = 0; a < d; a++) {
        for (let b = 0; b < d; b++) {
          cross[a * d + b] += data[rows[i] * d + a] * meanings[i * d + b];
        }
      }
    }
    rotation = orthogonalFactor(cross, d);
  }
  return rows;
}

/** Exchanges the codes of two classes, or one for a free code, while that raises the agreement. */
function swapWhileBetter(
  rows: Int32Array,
  similarity: Float64Array,
  codes: Float64Array,
  m: number,
): void {
  const n = rows.length;
  const free = new Set(Array.from({ length: m }, (_, j) => j).filter((j) => !rows.includes(j)));
  for (let round = 0, improved = true; improved && round < 50; round++) {
    improved = false;
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < i; j++) {
        let gain = 0;
        const [a, b] = [rows[i], rows[j]];
        for (let k = 0; k < n; k++) {
          if (k === i || k === j) continue;
          const difference = codes[b * m + rows[k]] - codes[a * m + rows[k]];
          gain += (similarity[i * n + k] - similarity[j * n + k]) * difference;
        }
        if (gain <= 1e-12) continue;
        rows[i] = b;
        rows[j] = a;
        improved = true;
      }
      for (const b of free) {
        let gain = 0;
        const a = rows[i];
        for (let k = 0; k < n; k++) {
          if (k === i) continue;
          gain += similarity[i * n + k] * (codes[b * m + rows[k]] - codes[a * m + rows[k]]);
        }
        if (gain <= 1e-12) continue;
        rows[i] = b;
        free.delete(b);
        free.add(a);
        improved = true;
      }
    }
  }
}

function agreementOf(
  rows: Int32Array,
  similarity: Float64Array,
  codes: Float64Array,
  m: number,
): number {
  const n = rows.length;
  let sum = 0;
  for (let i = 1; i < n; i++) {
    for (let j = 0; j < i; j++) sum += similarity[i * n + j] * codes[rows[i] * m + rows[j]];
  }
  return sum;
}

/** Pearson's correlation over the pairs; 0 where one side does not vary (a simplex). */
function correlation(
  rows: Int32Array,
  similarity: Float64Array,
  codes: Float64Array,
  m: number,
): number {
  const n = rows.length;
  const pairs = (n * (n - 1)) / 2;
  let [sx, sy, sxx, syy, sxy] = [0, 0, 0, 0, 0];
  for (let i = 1; i < n; i++) {
    for (let j = 0; j < i; j++) {
      const [x, y] = [similarity[i * n + j], codes[rows[i] * m + rows[j]]];
      sx += x;
      sy += y;
      sxx += x * x;
      syy += y * y;
      sxy += x * y;
    }
  }
  const variance = (sxx - (sx * sx) / pairs) * (syy - (sy * sy) / pairs);
  return variance > 1e-20 ? (sxy - (sx * sy) / pairs) / Math.sqrt(variance) : 0;
}

function gramOf(x: Float64Array, n: number): Float64Array {
  const d = x.length / n;
  const gram = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let k = 0; k < d; k++) sum += x[i * d + k] * x[j * d + k];
      gram[i * n + j] = sum;
      gram[j * n + i] = sum;
    }
  }
  return gram;
}
