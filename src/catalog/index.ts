import { OptionError } from '../core/errors.ts';
import * as codes from '../families/codes/index.ts';
import * as comparisons from '../families/comparisons/index.ts';
import * as metrics from '../families/metrics/index.ts';
import * as search from '../families/neighbors/index.ts';
import * as objectives from '../families/objectives/index.ts';
import * as optimizers from '../families/optimizers/index.ts';
import type { AnyMethod } from '../method/method.ts';

export { citation } from './method-page.ts';
export {
  bindTerms,
  expressionOf,
  objectiveById,
  objectiveIds,
  parseObjective,
} from './objective-expression.ts';
export { optimizerById, optimizerIds } from './optimizers.ts';

/** Every family's exports; what has a `spec` is a method. */
const families: readonly Readonly<Record<string, unknown>>[] = [
  objectives,
  optimizers,
  codes,
  metrics,
  comparisons,
  search,
];

/** Every method by `family/id`. An id may stand in two families: `uniformity` is a loss and a number. */
export const catalog: ReadonlyMap<string, AnyMethod> = new Map(
  families
    .flatMap((family) => Object.values(family).filter(isMethod))
    .map((method) => [`${method.spec.family}/${method.spec.id}`, method]),
);

function isMethod(value: unknown): value is AnyMethod {
  return typeof value === 'function' && 'spec' in value;
}

/** The methods of that id, one for each family that has it. */
export function methodById(id: string): readonly AnyMethod[] {
  const found = [...catalog.values()].filter(({ spec }) => spec.id === id);
  if (found.length > 0) return found;
  const ids = new Set([...catalog.values()].map(({ spec }) => spec.id));
  throw new OptionError('methods', 'id', `one of ${[...ids].join(', ')}`, id);
}
