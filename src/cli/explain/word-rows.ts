import type { WordStore } from '../../apps/verbs/search.ts';
import { InputError } from '../../core/errors.ts';
import { unitOrZeroRows } from '../../numerics/rows/unit-rows.ts';
import { wordTokens } from '../../numerics/text/words.ts';
import { sayUnknown } from '../search/stores.ts';

/** The words of a text with their vectors at length 1; one that the store lacks is told, and has zeros. */
export async function wordRows(
  where: string,
  store: WordStore,
  text: string,
  { quiet }: { readonly quiet?: true | undefined },
) {
  const names = wordTokens(text);
  if (names.length === 0)
    throw new InputError(where, `the text ${JSON.stringify(text)} has no words.`);
  const words = await store.words(names, { ignoreCase: true });
  const unknown = words.filter(({ row }) => row === null).map(({ word, from }) => ({ word, from }));
  if (!quiet) sayUnknown(unknown);
  const vectors = {
    data: Float32Array.from(words.flatMap(({ vector }) => [...vector])),
    rows: words.length,
    cols: store.cols,
  };
  return { points: unitOrZeroRows(vectors).points, names };
}
