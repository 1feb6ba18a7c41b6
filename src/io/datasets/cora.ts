import { zeros } from '../../core/matrix.ts';
import type { VectorTable } from '../table.ts';
import { bytesOf, shipped } from './quantized.ts';

interface Cora {
  readonly n: number;
  readonly features: number;
  /** For each paper, the words that occur in it. */
  readonly x: readonly (readonly number[])[];
  readonly labels: readonly number[];
}

/**
 * Cora: 2,708 papers in 1,433 dimensions, 1 where a word occurs and 0 elsewhere.
 *
 * Column `subject`: one of seven, `0` to `6`.
 */
export async function loadCora(): Promise<VectorTable> {
  const json = new TextDecoder().decode(await bytesOf(shipped('cora/cora.json.gz')));
  const { n, features, x, labels } = JSON.parse(json) as Cora;
  const points = zeros(n, features);
  for (const [i, words] of x.entries()) {
    for (const word of words) points.data[i * features + word] = 1;
  }
  return { points, columns: { subject: labels.map(String) } };
}
