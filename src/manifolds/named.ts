import { InputError } from '../core/errors.ts';
import type { Manifold } from './contract.ts';
import { euclidean } from './euclidean.ts';
import { grassmann } from './grassmann.ts';
import { hyperboloid } from './hyperboloid.ts';
import { poincareBall } from './poincare-ball.ts';
import { sphere } from './sphere.ts';
import { stiefel } from './stiefel.ts';

const FIXED: Readonly<Record<string, Manifold>> = { sphere, euclidean };
const MADE: Readonly<Record<string, (size: number) => Manifold>> = {
  grassmann,
  stiefel,
  poincareBall,
  hyperboloid,
};

/** The manifold of an `id`, as models save it: `sphere`, `stiefel(4)`, `poincareBall(0.5)`. */
export function manifoldNamed(id: string): Manifold {
  const [, name = '', size] = /^(\w+)(?:\(([^()]+)\))?$/.exec(id) ?? [];
  if (size === undefined && Object.hasOwn(FIXED, name)) return FIXED[name];
  if (size !== undefined && Object.hasOwn(MADE, name)) return MADE[name](Number(size));
  const known = [...Object.keys(FIXED), ...Object.keys(MADE).map((made) => `${made}(…)`)];
  throw new InputError('manifoldNamed', `expected one of ${known.join(', ')}; got "${id}".`);
}
