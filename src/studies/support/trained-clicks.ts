import { clicks as clickLearner, type Learned } from '../../families/learners/index.ts';
import type { Fields, Table } from '../../families/tables/index.ts';
import type { RunOptions } from '../../method/method.ts';
import type { StudyContext } from '../define.ts';
import type { Clicks } from './clicks.ts';

/** What every table of a study is told. */
export interface SharedOptions {
  readonly dim: number;
  readonly budget: number;
  readonly keep: number;
  readonly seed: number;
}

export type TableOf = (input: Fields, shared: SharedOptions, run: RunOptions) => Promise<Table>;

export interface ClickTraining {
  readonly table: TableOf;
  readonly dim: number;
  readonly budget?: number;
  readonly interactions: 'fm' | 'deep-fm';
  readonly heldOut: number;
}

/** The first examples of a set. */
export function firstClicks({ fields, labels }: Clicks, count: number): Clicks {
  return {
    fields: fields.map((field) => ({ ...field, ids: field.ids.slice(0, count) })),
    labels: labels.slice(0, count),
  };
}

/** A click model over a table, three epochs of batches of 256; in the quick form one. */
export function trainedClicks(
  { fields, labels }: Clicks,
  { seed, quick, engine, signal }: StudyContext,
  { table, dim, budget = 1, interactions, heldOut }: ClickTraining,
): Promise<Learned> {
  const examples = {
    fields: fields.map(({ name, values, ids }) => ({
      name,
      values: Array.from(ids, (id) => values[id]),
    })),
    classes: Array.from(labels, String),
  };
  const options = {
    ...{ dim, budget, interactions, heldOut, seed },
    // So few examples have so few ids that hardly a field would be shared.
    keep: quick ? 60 : 200,
    ...{ epochs: quick ? 1 : 3, batch: 256, learningRate: 0.01 },
  };
  return clickLearner(examples, options, { engine, signal, table });
}
