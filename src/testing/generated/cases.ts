// Written by `npm run generate` from the folders.
import type { SmallProblem } from '../small-problem.ts';
import { smallProblem as objectives } from '../../families/objectives/family.case.ts';
import { smallProblem as optimizers } from '../../families/optimizers/family.case.ts';
import { smallProblem as codes } from '../../families/codes/family.case.ts';
import { smallProblem as metrics } from '../../families/metrics/family.case.ts';
import { smallProblem as comparisons } from '../../families/comparisons/family.case.ts';
import { smallProblem as neighbors } from '../../families/neighbors/family.case.ts';
import { smallProblem as tables } from '../../families/tables/family.case.ts';
import { smallProblem as learners } from '../../families/learners/family.case.ts';
import { smallProblem as reduction } from '../../families/reduction/family.case.ts';
import { smallProblem as alignment } from '../../families/alignment/family.case.ts';
import { smallProblem as compression } from '../../families/compression/family.case.ts';
import { smallProblem as search } from '../../families/search/family.case.ts';
import { smallProblem as parametrizations } from '../../families/parametrizations/family.case.ts';
import { smallProblem as merging } from '../../families/merging/family.case.ts';
import { smallProblem as directions } from '../../families/directions/family.case.ts';
import { smallProblem as erasure } from '../../families/erasure/family.case.ts';
import { smallProblem as attributions } from '../../families/attributions/family.case.ts';
import { smallProblem as classifiers } from '../../families/classifiers/family.case.ts';

/** The small problem of each family, for the laws. */
export const cases: Readonly<Record<string, (id: string) => SmallProblem>> = {
  objectives,
  optimizers,
  codes,
  metrics,
  comparisons,
  neighbors,
  tables,
  learners,
  reduction,
  alignment,
  compression,
  search,
  parametrizations,
  merging,
  directions,
  erasure,
  attributions,
  classifiers,
};
