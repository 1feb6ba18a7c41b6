import type { Rule } from '../contract.ts';
import * as columns from './columns.ts';
import * as dimension from './dimension.ts';
import * as hubness from './hubness.ts';
import * as labels from './labels.ts';
import * as neighborhoods from './neighborhoods.ts';
import * as rank from './rank.ts';
import * as spread from './spread.ts';

/** Everything the doctor looks for. */
export const rules: readonly Rule[] = [
  spread,
  rank,
  dimension,
  columns,
  hubness,
  neighborhoods,
  labels,
].flatMap((group) => Object.values(group));
