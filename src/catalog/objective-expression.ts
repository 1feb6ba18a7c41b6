import { OptionError } from '../core/errors.ts';
import type { BoundObjective, Objective, ObjectiveTerm } from '../families/objectives/index.ts';
import * as objectives from '../families/objectives/index.ts';
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
export function parseObjective(expression: string): readonly ObjectiveTerm[] {
  return topLevel(expression, '+').map((text) => {
    const match = /^(?:([0-9.eE+-]+)\s*[*·]\s*)?([a-z][a-z0-9-]*)\s*(?:\(([^()]*)\))?$/.exec(text);
    if (!match) {
      const wanted = 'terms such as 0.5*riesz-energy(s=2) joined by +';
      throw new OptionError('disperse', 'objective', wanted, text);
    }
    const [, weight = '1', id = '', list = ''] = match;
    const options: Record<string, unknown> = {};
    for (const pair of list.split(',').filter((part) => part.trim() !== '')) {
      const [name = '', value] = pair.split('=').map((part) => part.trim());
      if (value === undefined) {
        throw new OptionError(id, name, 'given as name=value', pair.trim());
      }
      options[name] = literal(value);
    }
    if (!Number.isFinite(Number(weight))) {
      throw new OptionError('disperse', 'objective', 'weighted by a number', weight);
    }
    return { objective: id, options, weight: Number(weight) };
  });
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

/** Splits at a separator outside parentheses; a sign after an exponent is not a separator. */
function topLevel(text: string, separator: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let part = '';
  for (let i = 0; i < text.length; i++) {
    const character = text[i];
    if (character === '(') depth += 1;
    if (character === ')') depth -= 1;
    const inExponent = /[0-9.][eE]$/.test(text.slice(0, i));
    if (character === separator && depth === 0 && !inExponent) {
      parts.push(part.trim());
      part = '';
    } else {
      part += character;
    }
  }
  return [...parts, part.trim()];
}

function literal(text: string): unknown {
  if (text === 'true') return true;
  if (text === 'false') return false;
  return text !== '' && Number.isFinite(Number(text)) ? Number(text) : text;
}
