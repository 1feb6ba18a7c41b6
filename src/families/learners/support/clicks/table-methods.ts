import { OptionError } from '../../../../core/errors.ts';
import { methodsOf } from '../../../../method/family.ts';
import type { RunOptions } from '../../../../method/method.ts';
import * as tables from '../../../tables/index.ts';

/** What every table is told by a learner. */
export interface SharedTableOptions {
  readonly dim: number;
  readonly budget: number;
  readonly keep: number;
  readonly seed: number;
}

/** Makes the table of a learner: a method of the family with options of its own. */
export type TableMaker = (
  input: tables.Fields,
  shared: SharedTableOptions,
  run: RunOptions,
) => Promise<tables.Table>;

/** The ids of all tables. */
export function tableIds(): readonly string[] {
  return methodsOf(tables).map(({ spec }) => spec.id);
}

export function tableById(id: string): tables.TableMethod {
  const found = methodsOf(tables).find(({ spec }) => spec.id === id);
  if (found) return found as unknown as tables.TableMethod;
  throw new OptionError('clicks', 'table', `one of ${tableIds().join(', ')}`, id);
}

/** The table of that id, with its own options as they are. */
export function tableMaker(id: string): TableMaker {
  const method = tableById(id);
  return (input, shared, run) => method(input, { ...shared }, run);
}
