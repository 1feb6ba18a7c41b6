// Written by `npm run generate` from the folders.
import type { Family } from '../../method/family.ts';
import { family as objectives } from '../../families/objectives/family.ts';
import { family as optimizers } from '../../families/optimizers/family.ts';
import { family as codes } from '../../families/codes/family.ts';
import { family as metrics } from '../../families/metrics/family.ts';
import { family as comparisons } from '../../families/comparisons/family.ts';
import { family as neighbors } from '../../families/neighbors/family.ts';
import { family as tables } from '../../families/tables/family.ts';
import { family as learners } from '../../families/learners/family.ts';
import { family as reduction } from '../../families/reduction/family.ts';
import { family as alignment } from '../../families/alignment/family.ts';
import { family as compression } from '../../families/compression/family.ts';
import { family as search } from '../../families/search/family.ts';
import { family as parametrizations } from '../../families/parametrizations/family.ts';
import { family as merging } from '../../families/merging/family.ts';
import { family as directions } from '../../families/directions/family.ts';
import { family as erasure } from '../../families/erasure/family.ts';
import { family as attributions } from '../../families/attributions/family.ts';
import { family as classifiers } from '../../families/classifiers/family.ts';

/** A family, and how to load its methods. */
export interface LoadableFamily extends Family {
  readonly load: () => Promise<object>;
}

/** Every family, in the order of lists. */
export const families: readonly LoadableFamily[] = [
  { ...objectives, load: () => import('../../families/objectives/index.ts') },
  { ...optimizers, load: () => import('../../families/optimizers/index.ts') },
  { ...codes, load: () => import('../../families/codes/index.ts') },
  { ...metrics, load: () => import('../../families/metrics/index.ts') },
  { ...comparisons, load: () => import('../../families/comparisons/index.ts') },
  { ...neighbors, load: () => import('../../families/neighbors/index.ts') },
  { ...tables, load: () => import('../../families/tables/index.ts') },
  { ...learners, load: () => import('../../families/learners/index.ts') },
  { ...reduction, load: () => import('../../families/reduction/index.ts') },
  { ...alignment, load: () => import('../../families/alignment/index.ts') },
  { ...compression, load: () => import('../../families/compression/index.ts') },
  { ...search, load: () => import('../../families/search/index.ts') },
  { ...parametrizations, load: () => import('../../families/parametrizations/index.ts') },
  { ...merging, load: () => import('../../families/merging/index.ts') },
  { ...directions, load: () => import('../../families/directions/index.ts') },
  { ...erasure, load: () => import('../../families/erasure/index.ts') },
  { ...attributions, load: () => import('../../families/attributions/index.ts') },
  { ...classifiers, load: () => import('../../families/classifiers/index.ts') },
];
