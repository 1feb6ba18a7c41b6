import { InputError, ShapeError } from '../../../core/errors.ts';
import type { Matrix } from '../../../core/matrix.ts';
import type { Examples, Need } from '../types.ts';

/** What examples have of each kind; needs that were asked for are there. */
type Given<N extends readonly Need[]> = {
  readonly [K in keyof N]: NonNullable<Examples[N[K] & Need]>;
};

const WORDS: Readonly<Record<Need, string>> = {
  points: 'vectors',
  classes: 'classes',
  texts: 'texts',
  translations: 'translations',
};

/** What the examples have of each need, as many of one as of another; refuses where one is missing. */
export function given<const N extends readonly Need[]>(
  where: string,
  examples: Examples,
  needs: N,
): Given<N> {
  for (const need of needs) {
    if (examples[need] === undefined) throw new InputError(where, `${WORDS[need]} are needed.`);
  }
  const counts = needs.map((need) => countOf(examples, need));
  const odd = counts.findIndex((count) => count !== counts[0]);
  if (odd > 0)
    throw new ShapeError(
      where,
      `${counts[0]} ${WORDS[needs[odd]]}, one an example`,
      `${counts[odd]}`,
    );
  if (counts[0] === 0) throw new InputError(where, 'there are no examples.');
  return needs.map((need) => examples[need]) as unknown as Given<N>;
}

function countOf(examples: Examples, need: Need): number {
  if (need === 'points') return (examples.points as Matrix).rows;
  return examples[need]?.length ?? 0;
}
