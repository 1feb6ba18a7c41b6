import { InputError } from '../../../core/errors.ts';
import type { ClassRelation } from '../types.ts';

/** Relations that boxes understand; of the first two the box of the one lies in that of the other. */
export const BOX_RELATIONS = ['is a kind of', 'has', 'is like'] as const;
export type BoxRelation = (typeof BOX_RELATIONS)[number];

/** "name relation to", by place. */
export interface PlacedRelation {
  readonly from: number;
  readonly relation: BoxRelation;
  readonly to: number;
}

export const isEntailing = (relation: BoxRelation): boolean => relation !== 'is like';

/** Relations between the places of names; refuses others than those that boxes understand, and circles. */
export function placedRelations(
  id: string,
  relations: readonly ClassRelation[],
  names: readonly string[],
): PlacedRelation[] {
  const placeOf = new Map(names.map((name, place) => [name, place]));
  const placed = relations.map(([from, given, to]): PlacedRelation => {
    const relation = BOX_RELATIONS.find((own) => own === given);
    if (relation === undefined)
      throw new InputError(
        id,
        `the relation "${from} ${given} ${to}" is none of ${BOX_RELATIONS.map((own) => `"${own}"`).join(', ')}.`,
      );
    const [a, b] = [from, to].map((name) => placeOf.get(name));
    if (a === undefined || b === undefined)
      throw new InputError(
        id,
        `the relation "${from} ${given} ${to}" names ${JSON.stringify(a === undefined ? from : to)}, which is no class.`,
      );
    return { from: a, relation, to: b };
  });
  const above = conceptsAbove(placed, names.length);
  const round = placed.find((own) => isEntailing(own.relation) && above[own.to].has(own.from));
  if (round)
    throw new InputError(
      id,
      `relations lead from ${JSON.stringify(names[round.from])} back to itself.`,
    );
  return placed;
}

/** For each concept the others whose boxes contain its own, step by step along the relations. */
export function conceptsAbove(
  relations: readonly PlacedRelation[],
  count: number,
): readonly ReadonlySet<number>[] {
  const next = Array.from({ length: count }, (): number[] => []);
  for (const { from, relation, to } of relations) if (isEntailing(relation)) next[from].push(to);
  return next.map((direct) => {
    const found = new Set<number>();
    const open = [...direct];
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      if (found.has(at)) continue;
      found.add(at);
      open.push(...next[at]);
    }
    return found;
  });
}
