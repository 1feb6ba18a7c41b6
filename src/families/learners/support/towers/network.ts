import type { Floats, Matrix } from '../../../../core/matrix.ts';
import { exp as exponential, log } from '../../../../core/numeric.ts';
import {
  exp,
  type Layer,
  layer,
  mlp,
  normalizeRows,
  type Parameter,
  parameter,
  scale,
  scaleBy,
  stopGradient,
  type Tensor,
} from '../../../../learning/index.ts';
import type { Network } from '../../types.ts';
import { ENCODERS, encoderOf } from '../encoders.ts';
import { type Scaling, scaledRows } from '../inputs.ts';
import { type Clustering, clusteringOf } from './clustering.ts';
import { numbersLike } from './contrast.ts';
import { lift } from './lorentz.ts';

export const LOSSES = [
  'clip',
  'sigmoid',
  'triplet',
  'margin-softmax',
  'soft-clip',
  'bi-mixco',
  'm2',
  'm3',
  'meru',
  'slap',
  'distance',
] as const;

/** What turns the other side into embeddings; `none` leaves its rows as they are, of unit length. */
export const OTHER_ENCODERS = ['none', ...ENCODERS] as const;

export type Side = 'a' | 'b';

interface SideSettings {
  readonly encoder: (typeof OTHER_ENCODERS)[number];
  readonly inputs: number;
  readonly scaling: Scaling;
}

export type TowerSettings = {
  readonly a: SideSettings;
  readonly b: SideSettings;
  readonly hidden: number;
  readonly dim: number;
  readonly loss: (typeof LOSSES)[number];
  readonly temperature: number;
  readonly learnsTemperature: boolean;
  readonly predictor: boolean;
  /** Centers of the means of both sides; 0: none. */
  readonly clusters: number;
  /** Rows that are remembered to be clustered. */
  readonly remembered: number;
  readonly reconstructs: boolean;
  readonly seed: number;
};

/** Encoders of two sides into one space. */
export interface Towers extends Network {
  readonly like: Floats;
  /** Rows of one side as the encoder takes them: a constant. */
  readonly inputs: (side: Side, points: Matrix, places: ArrayLike<number>) => Tensor;
  /** Where inputs lie in the shared space: unit rows, or the space parts of points of the hyperboloid (meru). */
  readonly placed: (side: Side, inputs: Tensor) => Tensor;
  /** What embeddings are: where inputs lie, or what the side predicts (slap). */
  readonly embedded: (side: Side, inputs: Tensor) => Tensor;
  /** Cosines, or negative distances, times what is learned of the temperature. */
  readonly logits: (closeness: Tensor) => Tensor;
  /** What the side predicts of the targets, from placed rows (slap). */
  readonly predicted: (side: Side, placed: Tensor) => Tensor;
  /** Where inputs lie by the moving average of the encoder (slap). */
  readonly target: (side: Side, inputs: Tensor) => Tensor;
  /** The inputs of a side as placed rows tell them; none where nothing is told, or the side is left as it is. */
  readonly reconstructed: (side: Side, placed: Tensor) => Tensor | undefined;
  readonly clustering: Clustering | undefined;
  /** c: space has the curvature −c (meru). */
  readonly curvature: Tensor | undefined;
  /** Moves the averages by a step, and keeps what is learned of scales within its bounds. */
  readonly afterStep: (decay: number) => void;
  /** What it does, where it does anything. */
  readonly movesWeights: string | undefined;
}

const MOST_SCALE = 100;
const MOST_CURVATURE = 10;

/** The towers as they begin. */
export function towersOf(settings: TowerSettings, like: Floats): Towers {
  const { loss, dim, temperature, learnsTemperature, predictor, seed } = settings;
  const { clusters, remembered, reconstructs } = settings;
  const encoders = { a: encoderOfSide('a', settings, like), b: encoderOfSide('b', settings, like) };
  const logScale = learnsTemperature ? oneNumber('temperature', like) : undefined;
  const curving = loss === 'meru' ? curvingOf(dim, like) : undefined;
  const isSlap = loss === 'slap';
  const targets = isSlap
    ? { a: encoderOfSide('a', settings, like), b: encoderOfSide('b', settings, like) }
    : undefined;
  const predictors =
    isSlap && predictor
      ? { a: predictorOf('a', settings, like), b: predictorOf('b', settings, like) }
      : undefined;
  const clustering = clusters
    ? clusteringOf({ clusters, capacity: remembered, dim, seed }, like)
    : undefined;
  const heads = reconstructs
    ? { a: reconstructionOf('a', settings, like), b: reconstructionOf('b', settings, like) }
    : undefined;
  const learned = [
    ...encoders.a.parameters,
    ...encoders.b.parameters,
    ...(predictors ? [...predictors.a.parameters, ...predictors.b.parameters] : []),
    ...(heads ? [...(heads.a?.parameters ?? []), ...(heads.b?.parameters ?? [])] : []),
    ...(logScale ? [logScale] : []),
    ...(curving?.parameters ?? []),
  ];
  const averaged = targets && [...targets.a.parameters, ...targets.b.parameters];
  const placed = (side: Side, rows: Tensor) =>
    curving ? curving.lifted(side, encoders[side](rows)) : normalizeRows(encoders[side](rows));
  const predicted = (side: Side, rows: Tensor) =>
    predictors ? normalizeRows(predictors[side](rows)) : rows;
  return {
    like,
    parameters: learned,
    also: (averaged || clustering) && {
      ...(averaged && {
        targets: Object.fromEntries(averaged.map(({ name, data }) => [name, data])),
      }),
      ...clustering?.also,
    },
    inputs: (side, points, places) => scaledRows(points, places, settings[side].scaling, like),
    placed,
    embedded: (side, rows) => predicted(side, placed(side, rows)),
    logits: (closeness) =>
      logScale
        ? scaleBy(closeness, scale(exp(logScale), 1 / temperature))
        : scale(closeness, 1 / temperature),
    predicted,
    target: (side, rows) =>
      stopGradient(targets ? normalizeRows(targets[side](rows)) : placed(side, rows)),
    reconstructed: (side, rows) => heads?.[side]?.(rows),
    clustering,
    curvature: curving?.curvature,
    movesWeights: movedBy(settings),
    afterStep(decay) {
      if (logScale) bound(logScale, -Infinity, log(MOST_SCALE * temperature));
      curving?.bound();
      if (averaged) follow(averaged, learned, decay);
    },
  };
}

function movedBy({ loss, learnsTemperature }: TowerSettings): string | undefined {
  if (loss === 'slap') return 'the targets of slap follow the weights after each step';
  if (loss === 'meru') return 'the scales of meru are kept within bounds after each step';
  return learnsTemperature
    ? 'the temperature is kept within bounds after each step (learnTemperature: false leaves it)'
    : undefined;
}

function encoderOfSide(side: Side, { hidden, dim, seed, ...own }: TowerSettings, like: Floats) {
  const { encoder, inputs } = own[side];
  if (encoder === 'none') return layer([], (x: Tensor) => x);
  const context = { name: side, seed, float64: like instanceof Float64Array };
  return encoderOf({ encoder, inputs, hidden, dim }, context);
}

function predictorOf(side: Side, { dim, hidden, seed }: TowerSettings, like: Floats): Layer {
  const float64 = like instanceof Float64Array;
  return mlp({ name: `predictor.${side}`, sizes: [dim, hidden, dim], seed, float64 });
}

function reconstructionOf(
  side: Side,
  { dim, hidden, seed, ...own }: TowerSettings,
  like: Floats,
): Layer | undefined {
  const { encoder, inputs } = own[side];
  if (encoder === 'none') return undefined;
  const float64 = like instanceof Float64Array;
  return mlp({ name: `reconstruction.${side}`, sizes: [dim, hidden, inputs], seed, float64 });
}

/** The curvature and a scale for each side, which begins at 1/√dim and lengthens no row. */
function curvingOf(dim: number, like: Floats) {
  const [curve, a, b] = ['curvature', 'a.scale', 'b.scale'].map((name) => oneNumber(name, like));
  const scales = { a, b };
  const most = log(MOST_CURVATURE);
  const curvature = exp(curve);
  return {
    parameters: [curve, a, b],
    curvature,
    lifted: (side: Side, rows: Tensor) =>
      lift(scaleBy(rows, scale(exp(scales[side]), 1 / Math.sqrt(dim))), curvature),
    bound() {
      bound(curve, -most, most);
      for (const one of [a, b]) bound(one, -Infinity, log(dim) / 2);
    },
  };
}

/** The logarithm of a factor, 1 to begin with. */
const oneNumber = (name: string, like: Floats) => parameter(name, numbersLike(like, 1), [1]);

function bound({ data }: Parameter, least: number, most: number): void {
  data[0] = Math.max(least, Math.min(most, data[0]));
}

/** t ← τ·t + (1 − τ)·w, by name. */
function follow(targets: readonly Parameter[], learned: readonly Parameter[], decay: number): void {
  for (const { name, data: t } of targets) {
    const w = learned.find((one) => one.name === name)?.data ?? t;
    for (let e = 0; e < t.length; e++) t[e] = decay * t[e] + (1 - decay) * w[e];
  }
}

/** 1/τ and c as they are now. */
export function scalesOf({ parameters }: Network, temperature: number): Record<string, number> {
  const found = (name: string) => parameters.find((one) => one.name === name)?.data[0];
  const [scaled, curve] = [found('temperature'), found('curvature')];
  return {
    ...(scaled !== undefined && { temperature: temperature / exponential(scaled) }),
    ...(curve !== undefined && { curvature: exponential(curve) }),
  };
}
