import { OptionError } from '../../core/errors.ts';
import { asFloat32, type Matrix, zeros64 } from '../../core/matrix.ts';
import { addSparseRow, type SparseMatrix } from '../../core/sparse.ts';
import { counted } from '../../core/text.ts';
import { choice, integer, number, type OptionsOf } from '../../method/options.ts';
import { meanRow } from '../../numerics/rows/centered.ts';
import { fourSumGap } from '../../numerics/rows/dot.ts';
import { largestPlaces } from '../../numerics/rows/largest-places.ts';
import type { Fitted } from '../model/fitted.ts';
import { add } from '../operations/add.ts';
import { mean } from '../operations/mean.ts';
import { meanSquaredError } from '../operations/mean-squared-error.ts';
import { relu } from '../operations/relu.ts';
import { scale } from '../operations/scale.ts';
import { topK } from '../operations/top-k.ts';
import type { Tensor } from '../tape/tensor.ts';
import { decoded, latentsOf, type SparseAutoencoder } from './network.ts';
import { type Pressure, pressureTo } from './pressure.ts';
import { type Revival, revivalOf } from './revival.ts';
import {
  type CodingContext,
  eachLatents,
  type TrainingContext,
  trainedAutoencoder,
} from './trained.ts';

/** Most features: four times the columns, but no more than this where nothing is said. */
const USUAL_MOST = 768;
const USUAL_STEPS = { 'top-k': 400, l1: 1500 } as const;

/** The options of a dictionary of features. */
export const dictionaryOptions = {
  features: integer(0, 'Features; 0: four times the columns, 768 at most.', {
    min: 0,
    max: 65536,
    symbol: 'm',
  }),
  sparsity: choice(
    ['top-k', 'l1'],
    'top-k',
    'What keeps codes sparse: the k largest of each row, or a penalty on their sum.',
  ),
  k: integer(8, 'Active features of a row: at most, or on average with l1.', {
    min: 1,
    symbol: 'k',
  }),
  steps: integer(0, 'Steps of training; 0: 400, or 1,500 with l1.', { min: 0 }),
  batch: integer(256, 'Rows of a step.', { min: 1, max: 1e6, symbol: 'b' }),
  learningRate: number(0.01, 'Rate of Adam.', { min: 0, symbol: 'α' }),
  auxiliaryWeight: number(1 / 32, 'Weight of the loss that revives dead features.', {
    min: 0,
    symbol: 'β',
  }),
  auxiliaryLatents: integer(64, 'Most features that are revived together.', { min: 1 }),
  deadAfter: integer(30, 'Steps in no code after which a feature is dead.', { min: 1 }),
} as const;

export type DictionaryOptions = OptionsOf<typeof dictionaryOptions>;

/** A trained dictionary. */
export interface Dictionary extends Fitted {
  /** m × d, rows of length 1: what each feature adds to a row. */
  readonly directions: Matrix<Float64Array>;
  /** d numbers: the row without any feature. */
  readonly origin: Float64Array;
  /** Of the last step, in the variance of the rows. */
  readonly loss: number;
  /** The weight of the penalty of l1 at last. */
  readonly pressure: number;
}

/**
 * Features of which every row is a sum of few, by a sparse autoencoder whose decoder has rows of length 1:
 *
 *     f = ReLU(W(x − b) + a),   x̂ = Dᵀf + b,   minimise mean (x − x̂)² with few f above 0
 */
export async function trainedDictionary(
  id: string,
  points: Matrix,
  options: DictionaryOptions & { readonly seed: number },
  context: TrainingContext,
): Promise<Dictionary> {
  const { k, sparsity } = options;
  const steps = options.steps || USUAL_STEPS[sparsity];
  const features = options.features || Math.min(USUAL_MOST, 4 * points.cols);
  if (k > features)
    throw new OptionError(id, 'k', `at most the ${counted(features, 'feature')}`, k);
  const revival = revivalOf(features, options);
  const pressure = sparsity === 'l1' ? pressureTo({ latents: features, nonzeros: k }) : undefined;
  const trained = await trainedAutoencoder(
    points,
    {
      id,
      decoder: 'unit',
      options: { ...options, latents: features, steps },
      loss(net, x) {
        const latents = latentsOf(net, x);
        const codes = relu(pressure ? latents : topK(latents, k));
        const { loss, error } = dictionaryLoss({ net, x, latents, codes }, revival, pressure);
        return { loss, report: { error }, values: { codes } };
      },
      onStep({ step, report, values: { codes } }) {
        revival.note(codes, report['error']);
        pressure?.note(codes, { step, steps });
      },
    },
    context,
  );
  const { decoder, center } = trained.arrays;
  return {
    settings: { ...trained.settings, k: pressure ? 0 : k },
    arrays: trained.arrays,
    directions: unitRows(decoder),
    origin: Float64Array.from(center.data),
    loss: trained.loss,
    pressure: pressure?.weight ?? 0,
  };
}

interface Coded {
  readonly net: SparseAutoencoder;
  readonly x: Tensor;
  readonly latents: Tensor;
  readonly codes: Tensor;
}

/** The loss of the codes of a batch: the error with which they rebuild it, their sum under pressure, the dead revived. */
export function dictionaryLoss(
  { net, x, latents, codes }: Coded,
  revival: Revival,
  pressure: Pressure | undefined,
): { readonly loss: Tensor; readonly error: Tensor } {
  const near = decoded(net, codes);
  const error = meanSquaredError(near, x);
  const revived = revival.loss(net, latents, x, near);
  const terms = [
    error,
    ...(pressure ? [scale(mean(codes), pressure.weight * latents.shape[1])] : []),
    ...(revived ? [revived] : []),
  ];
  return { loss: terms.reduce(add), error };
}

/** In float64, of length 1 to the last digit. */
function unitRows({ data, rows, cols: d }: Matrix): Matrix<Float64Array> {
  const out = zeros64(rows, d);
  for (let j = 0; j < rows; j++) {
    let squares = 0;
    for (let e = j * d; e < (j + 1) * d; e++) squares += data[e] * data[e];
    const inverse = 1 / Math.sqrt(squares);
    for (let e = j * d; e < (j + 1) * d; e++) out.data[e] = data[e] * inverse;
  }
  return out;
}

/** What each row has of each feature, n × m, in the units of the rows: x̂ = origin + Σⱼ fⱼ·directionⱼ. */
export async function featuresOf(
  dictionary: Dictionary,
  rows: Matrix,
  context: CodingContext,
): Promise<SparseMatrix> {
  const { deviation, k } = dictionary.settings as {
    readonly deviation: number;
    readonly k: number;
  };
  const m = dictionary.directions.rows;
  const columns: number[] = [];
  const values: number[] = [];
  const offsets = new Int32Array(rows.rows + 1);
  await eachLatents(dictionary, asFloat32(rows), context, (latents, from) => {
    for (let i = 0; i < latents.rows; i++) {
      const kept = largestPlaces(latents.data, i * m, (i + 1) * m, k || m).sort();
      for (const j of kept) {
        const value = latents.data[i * m + j];
        if (!(value > 0)) continue;
        columns.push(j);
        values.push(deviation * value);
      }
      offsets[from + i + 1] = columns.length;
    }
  });
  return {
    rows: rows.rows,
    cols: m,
    offsets,
    columns: Int32Array.from(columns),
    values: Float64Array.from(values),
  };
}

/** 1 − Σ‖x − x̂‖²/Σ‖x − mean‖²: the share of the variance of the rows that their features explain. */
export function varianceExplained(
  { directions, origin }: Pick<Dictionary, 'directions' | 'origin'>,
  rows: Matrix,
  { offsets, columns, values }: SparseMatrix,
): number {
  const { rows: n, cols: d, data } = rows;
  const mean = meanRow(rows);
  const near = new Float64Array(d);
  let [missed, all] = [0, 0];
  for (let i = 0; i < n; i++) {
    near.set(origin);
    addSparseRow(values, columns, offsets[i], offsets[i + 1], directions.data, d, near);
    missed += fourSumGap(data, i * d, near, 0, d);
    all += fourSumGap(data, i * d, mean, 0, d);
  }
  return all > 0 ? 1 - missed / all : 1;
}
