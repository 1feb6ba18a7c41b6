import { bytesOf } from '../../io/datasets/quantized.ts';
import type { StudyData } from '../define.ts';

/** Pairs of words that differ by the same thing: athens and greece, oslo and norway. */
export interface AnalogyCategory {
  readonly name: string;
  readonly pairs: readonly (readonly [first: string, second: string])[];
}

/** The 14 categories of the Google analogies, those of their pairs of which a table has both words. */
export async function loadAnalogies(
  data: StudyData,
  rowOf: ReadonlyMap<string, number>,
): Promise<readonly AnalogyCategory[]> {
  const folder = await data.folder('word-analogies');
  const text = new TextDecoder().decode(await bytesOf(new URL('pairs.tsv', folder)));
  const of = new Map<string, [string, string][]>();
  for (const line of text.trim().split('\n')) {
    const [name, first, second] = line.split('\t');
    const pairs = of.get(name) ?? [];
    of.set(name, pairs);
    if (rowOf.has(first) && rowOf.has(second)) pairs.push([first, second]);
  }
  return [...of].map(([name, pairs]) => ({ name, pairs }));
}
