import type { Model, StoredModel } from '../../../learning/index.ts';
import type { FromBase, Interference, Versions } from '../types.ts';
import { versionsOf } from './versions.ts';

/** Models that were fine-tuned from a base keep its direction; below that they were hardly. */
const NEAR = 0.5;

/**
 * How models that were fine-tuned from one base get into one another's way, before they are merged.
 *
 * @param base left out: the cosines are those of the weights themselves, and nothing else is known
 */
export async function interference(
  models: readonly (Model | StoredModel)[],
  base?: Model | StoredModel,
): Promise<Interference> {
  return interferenceOf(await versionsOf('interference', { models, base }));
}

/** The same of models whose tensors are beside one another; in the order in which they were given. */
export function interferenceOf(versions: Versions): Interference {
  const { tensors, places, baseName } = versions;
  const m = places.length;
  const products = Array.from({ length: m }, () => new Float64Array(m));
  const weights = { own: new Float64Array(m), withBase: new Float64Array(m), base: 0 };
  let moved = 0;
  let conflicts = 0;
  const vector = new Float64Array(m);
  for (const { base, models } of tensors) {
    for (let e = 0; e < base.length; e++) {
      const start = base[e];
      weights.base += start * start;
      let [up, down] = [0, 0];
      for (let i = 0; i < m; i++) {
        const value = models[i][e];
        const move = value - start;
        vector[places[i]] = move;
        weights.own[places[i]] += value * value;
        weights.withBase[places[i]] += value * start;
        if (move > 0) up++;
        if (move < 0) down++;
      }
      if (up + down > 1) moved++;
      if (up > 0 && down > 0) conflicts++;
      for (let i = 0; i < m; i++)
        for (let j = 0; j <= i; j++) products[i][j] += vector[i] * vector[j];
    }
  }
  const known = (i: number, j: number) => products[Math.max(i, j)][Math.min(i, j)];
  return {
    signConflicts: baseName !== undefined && moved > 0 ? conflicts / moved : null,
    cosines: products.map((_, i) =>
      products.map((__, j) => cosineOf(known(i, j), known(i, i), known(j, j))),
    ),
    fromBase:
      baseName === undefined
        ? null
        : products.map((_, i) => ({
            cosine: cosineOf(weights.withBase[i], weights.own[i], weights.base),
            distance: weights.base > 0 ? Math.sqrt(known(i, i) / weights.base) : null,
          })),
  };
}

function cosineOf(product: number, squareA: number, squareB: number): number | null {
  if (squareA === 0 || squareB === 0) return null;
  return Math.max(-1, Math.min(1, product / Math.sqrt(squareA * squareB)));
}

/** What a reader of a merged model should know of where its models came from. */
export function remarksOnInterference(
  { names, places, baseName }: Versions,
  { cosines, fromBase }: Interference,
): string[] {
  if (fromBase) return farModels(names, places, fromBase);
  const far = cosines.flatMap((row, i) =>
    row.flatMap((cosine, j) => (j < i && isFar(cosine) ? [[i, j] as const] : [])),
  );
  if (far.length === 0 || baseName !== undefined) return [];
  const [[i, j]] = far;
  const nameOf = (place: number) => names[places.indexOf(place)];
  return [
    `The weights of ${nameOf(i)} and ${nameOf(j)} have a cosine of ${(cosines[i][j] ?? 0).toFixed(2)}: unless both were fine-tuned from one base, their units stand in other orders, and the merged model is worth nothing.`,
  ];
}

function farModels(
  names: readonly string[],
  places: readonly number[],
  fromBase: readonly FromBase[],
): string[] {
  const far = fromBase.findIndex(({ cosine }) => isFar(cosine));
  if (far < 0) return [];
  return [
    `The weights of ${names[places.indexOf(far)]} and of the base have a cosine of ${(fromBase[far].cosine ?? 0).toFixed(2)}: unless it was fine-tuned from that base, its units stand in another order, and the merged model is worth nothing.`,
  ];
}

const isFar = (cosine: number | null) => cosine !== null && cosine < NEAR;
