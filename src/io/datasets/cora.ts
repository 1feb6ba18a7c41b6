import { zeros } from '../../core/matrix.ts';
import type { VectorTable } from '../table.ts';
import { bytesOf, shipped } from './quantized.ts';

interface Cora {
  readonly n: number;
  readonly features: number;
  /** For each paper, the words that occur in it. */
  readonly x: readonly (readonly number[])[];
  readonly labels: readonly number[];
  /** Citations: pairs of papers, one after another. */
  readonly edges: readonly number[];
}

/**
 * Cora: 2,708 papers in 1,433 dimensions, 1 where a word occurs and 0 elsewhere.
 *
 * Column `subject`: one of seven, `0` to `6`.
 */
export async function loadCora(): Promise<VectorTable> {
  const { n, features, x, labels } = await cora();
  const points = zeros(n, features);
  for (const [i, words] of x.entries()) {
    for (const word of words) points.data[i * features + word] = 1;
  }
  return { points, columns: { subject: labels.map(String) } };
}

/** Which papers of Cora cite one another: citation e joins the rows from[e] and to[e]. */
export async function loadCoraCitations(): Promise<{ from: Int32Array; to: Int32Array }> {
  const { edges } = await cora();
  const ends = (side: number) => Int32Array.from(edges.filter((_, at) => at % 2 === side));
  return { from: ends(0), to: ends(1) };
}

async function cora(): Promise<Cora> {
  return JSON.parse(new TextDecoder().decode(await bytesOf(shipped('cora/cora.json.gz')))) as Cora;
}
