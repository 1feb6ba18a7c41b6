import type { Optimizer } from '../families/optimizers/index.ts';
import * as optimizers from '../families/optimizers/index.ts';
import { byId } from './by-id.ts';

/** Looks optimizers up by id. */
export const { ids: optimizerIds, get: optimizerById } = byId<Optimizer>(
  'disperse',
  'optimizer',
  optimizers,
);
