import { OptionError } from '../core/errors.ts';
import type { BoundObjective, Objective, ObjectiveTerm } from '../families/objectives/index.ts';
import * as objectives from '../families/objectives/index.ts';
import { methodTerm, topLevel } from '../method/terms.ts';
import { byId } from './by-id.ts';

/** Looks objectives up by id. */
export const { ids: objectiveIds, get: objectiveById } = byId<Objective>(
  'disperse',
  'objective',
  objectives,
);

/**
 * Reads a weighted sum of objectives: `uniformity`, `riesz-energy(s=2, distance=geodesic)`,
 * `uniformity(t=2) + 0.5*koleo`.
 */
export function parseObjective(
  expression: string,
  where = 'disperse',
  option = 'objective',
): readonly ObjectiveTerm[] {
  return topLevel(expression, '+').map((text) => {
    const [, weight = '1', method = ''] = /^(?:([0-9.eE+-]+)\s*[*·]\s*)?(.*)$/.exec(text) ?? [];
    const term = methodTerm(method);
    if (!term) {
      const wanted = 'terms such as 0.5*riesz-energy(s=2) joined by +';
      throw new OptionError(where, option, wanted, text);
    }
    if (!Number.isFinite(Number(weight))) {
      throw new OptionError(where, option, 'weighted by a number', weight);
    }
    return { objective: term.id, options: term.options, weight: Number(weight) };
  });
}

/** The objective of an expression, for the option of a command: `boundObjective('koleo', 'learn', 'spread')`. */
export function boundObjective(expression: string, where: string, option: string): BoundObjective {
  const { get } = byId<Objective>(where, option, objectives);
  const terms = parseObjective(expression, where, option);
  for (const term of terms) get(term.objective);
  return bindTerms(terms);
}

/** The objective that terms describe; the inverse of `BoundObjective.terms`. */
export function bindTerms(terms: readonly ObjectiveTerm[]): BoundObjective {
  return objectives.weightedSum(
    terms.map(({ objective, options, weight }) => [
      objectiveById(objective).bind(options as never),
      weight,
    ]),
  );
}

/** The expression that `parseObjective` reads back as the same terms. */
export function expressionOf(terms: readonly ObjectiveTerm[]): string {
  return terms
    .map(({ objective, options, weight }) => {
      const given = Object.entries(options).map(([name, value]) => `${name}=${String(value)}`);
      const list = given.length > 0 ? `(${given.join(', ')})` : '';
      return `${weight === 1 ? '' : `${weight}*`}${objective}${list}`;
    })
    .join(' + ');
}
