// Written by `npm run generate` from the folders.
import * as objectives from '../../families/objectives/index.ts';
import * as optimizers from '../../families/optimizers/index.ts';
import * as codes from '../../families/codes/index.ts';
import * as metrics from '../../families/metrics/index.ts';
import * as comparisons from '../../families/comparisons/index.ts';
import * as neighbors from '../../families/neighbors/index.ts';
import * as tables from '../../families/tables/index.ts';
import * as learners from '../../families/learners/index.ts';
import * as reduction from '../../families/reduction/index.ts';
import * as alignment from '../../families/alignment/index.ts';
import * as compression from '../../families/compression/index.ts';
import * as search from '../../families/search/index.ts';
import * as parametrizations from '../../families/parametrizations/index.ts';
import * as merging from '../../families/merging/index.ts';
import * as directions from '../../families/directions/index.ts';
import * as erasure from '../../families/erasure/index.ts';
import * as attributions from '../../families/attributions/index.ts';
import * as classifiers from '../../families/classifiers/index.ts';

/** Every family's exports by the family's id; what has a `spec` is a method. */
export const exportsOfFamilies: Readonly<Record<string, object>> = {
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
