import type { Matrix } from '../../core/matrix.ts';
import type { StudyContext } from '../define.ts';

const NEAREST = 10;

/** Rows that a map is fitted to, and others that are asked for their like among these. */
export interface FittedAndAsked {
  readonly known: Matrix;
  readonly asked: Matrix;
  readonly knownClasses: ArrayLike<unknown>;
  readonly askedClasses: ArrayLike<unknown>;
}

/** Both after a reduction. */
export type Reduced = Pick<FittedAndAsked, 'known' | 'asked'>;

/** Mean over the asked rows of the average precision of their class in the order of the known rows' distances. */
export function precision(
  { known, asked }: Reduced,
  { knownClasses, askedClasses }: FittedAndAsked,
): number {
  let sum = 0;
  for (let i = 0; i < asked.rows; i++) {
    const distances = Float64Array.from({ length: known.rows }, (_, j) =>
      squared(asked, i, known, j),
    );
    const order = Int32Array.from(distances.keys()).sort((a, b) => distances[a] - distances[b]);
    let [found, total] = [0, 0];
    order.forEach((j, rank) => {
      if (knownClasses[j] !== askedClasses[i]) return;
      found += 1;
      total += found / (rank + 1);
    });
    sum += found > 0 ? total / found : 0;
  }
  return sum / asked.rows;
}

function squared(a: Matrix, i: number, b: Matrix, j: number): number {
  let sum = 0;
  for (let c = 0; c < a.cols; c++) sum += (a.data[i * a.cols + c] - b.data[j * a.cols + c]) ** 2;
  return sum;
}

/** Share of the asked rows whose nearest known row is of their class. */
export async function nearestRight(
  { known, asked }: Reduced,
  { knownClasses, askedClasses }: FittedAndAsked,
  { engine, signal }: Pick<StudyContext, 'engine' | 'signal'>,
): Promise<number> {
  const { indices } = await engine.nearestAmong(asked, known, 1, { signal });
  const right = indices.filter((j, i) => knownClasses[j] === askedClasses[i]);
  return right.length / asked.rows;
}

/** Share of the nearest known rows that are the nearest after the reduction. */
export async function keptShare(
  reduced: Reduced,
  { known, asked }: FittedAndAsked,
  { engine, signal }: Pick<StudyContext, 'engine' | 'signal'>,
): Promise<number> {
  const truth = await engine.nearestAmong(asked, known, NEAREST, { signal });
  const found = await engine.nearestAmong(reduced.asked, reduced.known, NEAREST, { signal });
  let both = 0;
  for (let from = 0; from < truth.indices.length; from += NEAREST) {
    const wanted = new Set(truth.indices.subarray(from, from + NEAREST));
    for (const j of found.indices.subarray(from, from + NEAREST)) if (wanted.has(j)) both += 1;
  }
  return both / truth.indices.length;
}
