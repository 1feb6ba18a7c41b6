import { OptionError } from '../core/errors.ts';
import { methodsOf } from '../method/family.ts';
import type { AnyMethod } from '../method/method.ts';
import { families } from './generated/families.ts';
import { exportsOfFamilies } from './generated/methods.ts';

export { families, type LoadableFamily } from './generated/families.ts';
export { citation } from './method-page.ts';
export {
  bindTerms,
  boundObjective,
  expressionOf,
  objectiveById,
  objectiveIds,
  parseObjective,
} from './objective-expression.ts';
export { optimizerById, optimizerIds } from './optimizers.ts';

/** Every method by `family/id`. An id may stand in two families: `uniformity` is a loss and a number. */
export const catalog: ReadonlyMap<string, AnyMethod> = new Map(
  families
    .flatMap(({ id }) => methodsOf(exportsOfFamilies[id]))
    .map((method) => [`${method.spec.family}/${method.spec.id}`, method]),
);

/** The methods of that id, one for each family that has it. */
export function methodById(id: string): readonly AnyMethod[] {
  const found = [...catalog.values()].filter(({ spec }) => spec.id === id);
  if (found.length > 0) return found;
  const ids = new Set([...catalog.values()].map(({ spec }) => spec.id));
  throw new OptionError('methods', 'id', `one of ${[...ids].join(', ')}`, id);
}
