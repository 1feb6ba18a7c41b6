import { InputError } from '../../../core/errors.ts';

/** A token by its row in the unembedding, or by its label. */
export type Token = number | string;

/** A set of tokens: the same for all states, or one for each of them. */
export type TokenSet = readonly Token[] | readonly (readonly Token[])[];

/** The tokens of one set, for each state: distinct rows of the unembedding. */
export interface FoundSet {
  readonly name: string;
  readonly of: (state: number) => Int32Array;
  /** The share of all tokens that the set has, a mean over states. */
  readonly chance: number;
}

interface Vocabulary {
  readonly tokens: number;
  readonly labels: readonly string[] | undefined;
}

/** Looks the tokens up; refuses unknown ones, empty sets and sets for another number of states, naming the place. */
export function foundSets(
  sets: Readonly<Record<string, TokenSet>>,
  states: number,
  vocabulary: Vocabulary,
): readonly FoundSet[] {
  const places = new Map(vocabulary.labels?.map((label, place) => [label, place]));
  return Object.entries(sets).map(([name, set]) => {
    const where = `the set ${JSON.stringify(name)}`;
    if (!Array.isArray(set)) throw new InputError('lens', `${where} is no list of tokens.`);
    const perState = set.some((one) => Array.isArray(one));
    if (perState && set.length !== states)
      throw new InputError('lens', `${where} has ${set.length} lists for ${states} states.`);
    const lists = (perState ? set : [set]) as readonly unknown[];
    const found = lists.map((list, i) =>
      tokensOf(list, perState ? `${where}, state ${i}` : where, places, vocabulary),
    );
    const total = found.reduce((sum, { length }) => sum + length, 0);
    return {
      name,
      of: (state) => found[perState ? state : 0],
      chance: total / found.length / vocabulary.tokens,
    };
  });
}

function tokensOf(
  list: unknown,
  where: string,
  places: ReadonlyMap<string, number>,
  { tokens, labels }: Vocabulary,
): Int32Array {
  if (!Array.isArray(list)) throw new InputError('lens', `${where} is no list of tokens.`);
  if (list.length === 0) throw new InputError('lens', `${where} has no tokens.`);
  const rows = (list as readonly unknown[]).map((token) => {
    if (typeof token === 'string') {
      const place = places.get(token);
      if (place !== undefined) return place;
      const why = labels ? 'is no label of the unembedding' : 'needs an unembedding with labels';
      throw new InputError('lens', `${where}: the token ${JSON.stringify(token)} ${why}.`);
    }
    if (Number.isInteger(token) && (token as number) >= 0 && (token as number) < tokens)
      return token as number;
    throw new InputError(
      'lens',
      `${where}: a token from 0 to ${tokens - 1} or a label is expected; got ${JSON.stringify(token)}.`,
    );
  });
  return Int32Array.from(new Set(rows)).sort();
}

/** In how many states two sets have a token in common: their shares then count it twice. */
export function sharedSets(sets: readonly FoundSet[], states: number): readonly string[] {
  return sets.flatMap((one, i) =>
    sets.slice(i + 1).flatMap((other) => {
      let shared = 0;
      for (let state = 0; state < states; state++) {
        const own = new Set(one.of(state));
        if (other.of(state).some((token) => own.has(token))) shared++;
      }
      return shared === 0
        ? []
        : [`${one.name} and ${other.name} have tokens in common in ${shared} of ${states} states.`];
    }),
  );
}
