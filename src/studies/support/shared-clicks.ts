import type { Floats } from '../../core/matrix.ts';
import { clicks as clickLearner } from '../../families/learners/index.ts';
import type { Model } from '../../learning/index.ts';
import type { StudyContext } from '../define.ts';
import { type Clicks, clickExamples } from './clicks.ts';
import type { TableOf } from './trained-clicks.ts';

export interface SharedClicks {
  readonly table: TableOf;
  /** Share of the bytes of the full table. */
  readonly budget: number;
  readonly interactions?: 'fm' | 'mlp';
  /** Fields of at most so many ids have rows of their own. */
  readonly keep?: number;
}

export interface ClickOutcome {
  /** On the tenth of the examples that is held out. */
  readonly auc: number;
  /** Mean |cosine| of what the first layer's units read fields by, pair by pair; NaN without a first layer. */
  readonly cosine: { readonly first: number; readonly last: number };
}

const DIM = 16;

/** A click model over a table, trained for two epochs of batches of 256; for one in the quick form. */
export async function sharedClicks(
  examples: Clicks,
  { seed, quick, engine, signal }: StudyContext,
  // The quick form has so few ids that hardly a field would be shared.
  { table, budget, interactions = 'mlp', keep = quick ? 60 : 200 }: SharedClicks,
): Promise<ClickOutcome> {
  const { fields } = examples;
  const shared = fields.flatMap(({ values }, f) => (values.length > keep ? [f] : []));
  const cosineIn = ({ parameters }: Model) => {
    const first = parameters.find(({ name }) => name === 'mlp.0.weight');
    return first ? meanCosine(first.data, fields.length, shared) : Number.NaN;
  };
  let first = Number.NaN;
  const { report, model } = await clickLearner(
    clickExamples(examples),
    {
      ...{ dim: DIM, budget, keep, interactions, minCount: 1, heldOut: 0.1, seed },
      ...{ epochs: quick ? 1 : 2, batch: 256, learningRate: 0.01 },
    },
    {
      ...{ engine, signal, table },
      onStep({ step }, now) {
        if (step === 1) first = cosineIn(now);
      },
    },
  );
  return { auc: report['auc'], cosine: { first, last: cosineIn(model) } };
}

/**
 * Mean over units and pairs of fields of |cos(w_f, w_g)|, where a unit reads all fields by w = [w_1, …, w_F]; weights of
 * units × F·dim.
 */
export function meanCosine(
  weights: Floats,
  fields: number,
  among: readonly number[],
  dim = DIM,
): number {
  const width = fields * dim;
  let [sum, count] = [0, 0];
  for (let unit = 0; unit < weights.length / width; unit++) {
    const part = (f: number) =>
      weights.subarray(unit * width + f * dim, unit * width + (f + 1) * dim);
    for (const [i, f] of among.entries()) {
      for (const g of among.slice(i + 1)) {
        sum += Math.abs(cosine(part(f), part(g)));
        count += 1;
      }
    }
  }
  return sum / count;
}

function cosine(a: Floats, b: Floats): number {
  let [ab, aa, bb] = [0, 0, 0];
  for (let c = 0; c < a.length; c++) {
    ab += a[c] * b[c];
    aa += a[c] * a[c];
    bb += b[c] * b[c];
  }
  return ab / Math.sqrt(aa * bb);
}
