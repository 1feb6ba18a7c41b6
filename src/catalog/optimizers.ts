import { OptionError } from '../core/errors.ts';
import type { Optimizer } from '../families/optimizers/index.ts';
import * as optimizers from '../families/optimizers/index.ts';

const byId = new Map<string, Optimizer>(
  Object.values(optimizers)
    .filter((value) => typeof value === 'function' && 'spec' in value)
    .map((optimizer) => [optimizer.spec.id, optimizer as unknown as Optimizer]),
);

export function optimizerIds(): string[] {
  return [...byId.keys()];
}

/** The optimizer of that id. */
export function optimizerById(id: string): Optimizer {
  const found = byId.get(id);
  if (found) return found;
  throw new OptionError('disperse', 'optimizer', `one of ${optimizerIds().join(', ')}`, id);
}
