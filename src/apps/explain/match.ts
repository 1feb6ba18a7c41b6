import { InputError, ShapeError } from '../../core/errors.ts';
import { type GivenPoints, givenPoints } from '../../core/given-points.ts';
import type { Engine } from '../../engine/engine.ts';
import { namedDimensions } from '../../families/learners/index.ts';
import type { Model, StoredModel } from '../../learning/index.ts';

const WHERE = 'explain match';

/** What a concept adds to the score of a match. */
export interface ConceptContribution {
  readonly concept: string;
  /** a·b. */
  readonly value: number;
  /** The coordinates of both sides. */
  readonly a: number;
  readonly b: number;
}

export interface ExplainedMatch {
  readonly score: number;
  /** The largest first; all together they are the score. */
  readonly contributions: readonly ConceptContribution[];
}

export interface MatchOptions {
  /** Contributions told at most; default: all above 0. */
  readonly top?: number | undefined;
  readonly engine?: Engine | undefined;
}

/**
 * Why two rows match, by a model of named dimensions: the score is the sum of what each concept adds.
 *
 * @example
 * const { score, contributions } = await explainMatch(model, [query], [item], { top: 3 });
 */
export async function explainMatch(
  model: Model | StoredModel,
  a: GivenPoints,
  b: GivenPoints,
  { top = Number.POSITIVE_INFINITY, engine }: MatchOptions = {},
): Promise<ExplainedMatch> {
  const [left, right] = [givenPoints(WHERE, a), givenPoints(WHERE, b)];
  for (const { rows } of [left, right])
    if (rows !== 1) throw new ShapeError(WHERE, 'one row on each side', `${rows}`);
  const coordinates = async (points: typeof left) =>
    (await namedDimensions.embed(model, { points }, { engine })).points.data;
  const [p, q] = [await coordinates(left), await coordinates(right)];
  const { concepts, coordinates: kind } = model.settings as {
    readonly concepts: readonly string[];
    readonly coordinates: string;
  };
  if (kind !== 'named')
    throw new InputError(WHERE, 'the coordinates of this model are dense: they have no names.');
  const all = concepts.map((concept, c) => ({ concept, value: p[c] * q[c], a: p[c], b: q[c] }));
  const contributions = all
    .filter(({ value }) => value > 0)
    .sort((x, y) => y.value - x.value || (x.concept < y.concept ? -1 : 1));
  return {
    score: contributions.reduce((sum, { value }) => sum + value, 0),
    contributions: contributions.slice(0, top),
  };
}
