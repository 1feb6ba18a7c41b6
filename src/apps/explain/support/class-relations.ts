import type { ClassRelation } from '../../../families/classifiers/index.ts';

/** Some names. */
export const inWords = (names: readonly string[]) =>
  `${names.slice(0, 10).join(', ')}${names.length > 10 ? ', …' : ''}`;

/** Names above a name, itself included: along the relations that put a box into another. */
export function aboveOf(
  relations: readonly ClassRelation[],
): (name: string) => ReadonlySet<string> {
  const found = new Map<string, ReadonlySet<string>>();
  const above = (name: string): ReadonlySet<string> => {
    const known = found.get(name);
    if (known) return known;
    const own = relations.flatMap(([from, relation, to]) =>
      from === name && relation !== 'is like' ? [...above(to)] : [],
    );
    const all = new Set([name, ...own]);
    found.set(name, all);
    return all;
  };
  return above;
}

/** Says which names of relations no class is or leads to: most are misspelt. */
export function withoutRows(
  classes: readonly string[],
  relations: readonly ClassRelation[],
): string[] {
  const above = aboveOf(relations);
  const known = new Set(classes.flatMap((name) => [...above(name)]));
  const odd = new Set(relations.map(([from]) => from).filter((name) => !known.has(name)));
  if (odd.size === 0) return [];
  const names = inWords(Array.from(odd, (name) => JSON.stringify(name)));
  return [`No row is of ${names} nor of a kind of it: relations alone say where such a box lies.`];
}
