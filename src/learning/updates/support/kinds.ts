import { InputError } from '../../../core/errors.ts';
import type { Floats } from '../../../core/matrix.ts';
import type { Manifold } from '../../../manifolds/contract.ts';
import type { Parameter } from '../../tape/parameter.ts';

/** Refuses a parameter that leaves its manifold when numbers are added to it. */
export function requireFlat(rule: string, { name, manifold }: Parameter): void {
  if (manifold && manifold.id !== 'euclidean')
    throw new InputError(
      rule,
      `parameter "${name}" lives on the ${manifold.id}; riemannianAdam or riemannianSgd keep it there, and byKind gives each parameter its rule.`,
    );
}

export function requireManifold(rule: string, { name, manifold }: Parameter): Manifold {
  if (manifold) return manifold;
  throw new InputError(
    rule,
    `parameter "${name}" has no manifold; sgd, adam or adamW move plain numbers, and byKind gives each parameter its rule.`,
  );
}

/** A parameter seen as rows: all axes but the first make one. */
export function rowsOf({ shape, data }: Parameter): { readonly n: number; readonly d: number } {
  const n = shape[0] ?? 1;
  return { n, d: n === 0 ? 0 : data.length / n };
}

/** Zeros of the same length and element type. */
export function zerosFor({ data }: Parameter): Floats {
  return new (data.constructor as new (length: number) => Floats)(data.length);
}
