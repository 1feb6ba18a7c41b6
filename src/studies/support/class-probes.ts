import type { Matrix } from '../../core/matrix.ts';
import { unitRows } from '../../core/rows.ts';
import type { Engine } from '../../engine/engine.ts';
import { twoClassProbe } from './two-class-probe.ts';

/** Rows with the number of their class, from 0. */
export interface Labeled {
  readonly points: Matrix;
  readonly labels: Int32Array;
}

/** The share of the others whose class has the highest score of one logistic regression a class. */
export function linearProbe({ points, labels }: Labeled, others: Labeled, penalty = 1): number {
  const classes = Math.max(...labels) + 1;
  const scores = Array.from({ length: classes }, (_, own) => {
    const isOwn = Array.from(labels, (label) => label === own);
    return twoClassProbe(points, isOwn, penalty)(others.points);
  });
  return shareOf(others.labels, (i) => {
    let best = 0;
    for (let c = 1; c < classes; c++) if (scores[c][i] > scores[best][i]) best = c;
    return best;
  });
}

/** The share of the others whose class is that of most of their k nearest rows by cosine; of a tie, the nearest's. */
export async function nearestProbe(
  known: Labeled,
  others: Labeled,
  engine: Engine,
  k = 5,
): Promise<number> {
  const among = unitRows('probe', known.points).points;
  const asked = unitRows('probe', others.points).points;
  const { indices } = await engine.nearestAmong(asked, among, k);
  return shareOf(others.labels, (i) => {
    const voters = indices.subarray(i * k, (i + 1) * k);
    const votes = new Map<number, number>();
    for (const row of voters) {
      const own = known.labels[row];
      votes.set(own, (votes.get(own) ?? 0) + 1);
    }
    const [[winner]] = [...votes].sort(([, a], [, b]) => b - a);
    return winner;
  });
}

function shareOf(labels: Int32Array, guess: (i: number) => number): number {
  let right = 0;
  for (let i = 0; i < labels.length; i++) if (guess(i) === labels[i]) right += 1;
  return right / labels.length;
}
