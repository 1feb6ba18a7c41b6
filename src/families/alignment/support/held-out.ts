import { gathered, type Matrix } from '../../../core/matrix.ts';
import type { Random } from '../../../core/random.ts';

/** Pairs of rows, p × d and p × e. */
export interface Paired {
  readonly a: Matrix;
  readonly b: Matrix;
}

/** The pairs in parts, at random: for each part, the others to fit to and the part to judge by. */
export function splits(
  { a, b }: Paired,
  parts: number,
  random: Random,
): { readonly fitted: Paired; readonly judged: Paired }[] {
  const order = random.sample(a.rows);
  return Array.from({ length: parts }, (_, part) => {
    const of = (own: boolean) => order.filter((_, at) => (at % parts === part) === own).sort();
    const taken = (rows: Int32Array) => ({ a: gathered(a, rows), b: gathered(b, rows) });
    return { fitted: taken(of(false)), judged: taken(of(true)) };
  });
}
