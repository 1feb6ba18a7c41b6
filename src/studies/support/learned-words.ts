import type { Matrix } from '../../core/matrix.ts';
import type { Engine } from '../../engine/engine.ts';
import { wordSpan } from '../../families/parametrizations/index.ts';
import {
  adam,
  addRows,
  binaryCrossEntropy,
  constant,
  embedding,
  matmul,
  normalizeRows,
  parameter,
  scale,
  type Tensor,
  type TrainOptions,
  train,
} from '../../learning/index.ts';

/** Texts of which some are of the class, as the unit means of their words. */
export interface Judged {
  readonly points: Matrix<Float32Array>;
  /** 1 for a text of the class. */
  readonly isOf: Int32Array;
}

/** What a new vector is made of: its own numbers, a mix of words near the first one, or of words drawn. */
export type Way = 'free' | 'near' | 'drawn';

export interface Learned {
  /** Of every step, before it: the loss, and the share of the training texts on the right side. */
  readonly losses: readonly number[];
  readonly accuracies: readonly number[];
  /** The vector before each step. */
  readonly vectors: readonly Float32Array[];
}

export interface LearnOptions {
  readonly way: Way;
  /** Rows of the mix. */
  readonly basis: number;
  /** Rows to mix where they are drawn; the first is that of the word to begin with. */
  readonly drawn: readonly number[];
  readonly steps: number;
  readonly learningRate: number;
  readonly engine: Engine;
}

/** What cosines are multiplied by in the logistic loss. */
const SHARPNESS = 10;

/**
 * Learns a vector v for a class from a few texts, from a word of the vocabulary on:
 * minimise mean log(1 + exp(∓(10·cos(v, x) + b))), − for texts of the class.
 */
export async function learnedWord(
  vocabulary: Matrix<Float32Array>,
  first: number,
  { points, isOf }: Judged,
  { way, basis, drawn, steps, learningRate, engine }: LearnOptions,
): Promise<Learned> {
  const { rows, cols: d } = vocabulary;
  const shift = parameter('shift', new Float32Array(1), [1]);
  const [losses, accuracies, vectors]: [number[], number[], Float32Array[]] = [[], [], []];
  const texts = constant(points.data, [points.rows, d]);
  const optionsOf = (made: Tensor): TrainOptions => ({
    loss() {
      // A copy: a parameter is moved before `onStep` sees it.
      const vector = scale(made, 1);
      const cosines = matmul(texts, normalizeRows(vector), { transposeB: true });
      const logits = addRows(scale(cosines, SHARPNESS), shift);
      return { loss: binaryCrossEntropy(logits, isOf), values: { logits, vector } };
    },
    onStep({ loss, values }) {
      losses.push(loss);
      vectors.push(Float32Array.from(values['vector']));
      const right = values['logits'].filter((z, i) => z > 0 === (isOf[i] === 1)).length;
      accuracies.push(right / isOf.length);
    },
    steps,
    update: adam({ learningRate }),
    engine,
    parameters: [shift],
  });
  if (way === 'near') {
    const table = parameter('words', vocabulary.data, [rows, d], { byRows: true });
    const few = await wordSpan.bind({ basis, place: first }).over([table]);
    await train(few.training(optionsOf(embedding(table, [first]))));
  } else {
    await train(optionsOf(way === 'free' ? freely(vocabulary, first) : mixOf(vocabulary, drawn)));
  }
  return { losses, accuracies, vectors };
}

function freely({ data, cols: d }: Matrix<Float32Array>, first: number): Tensor {
  return parameter('vector', data.slice(first * d, (first + 1) * d), [1, d]);
}

function mixOf({ data, cols: d }: Matrix<Float32Array>, among: readonly number[]): Tensor {
  const known = new Float32Array(among.length * d);
  for (const [i, row] of among.entries()) known.set(data.subarray(row * d, (row + 1) * d), i * d);
  const start = new Float32Array(among.length);
  start[0] = 1;
  const mix = parameter('mix', start, [1, among.length]);
  return matmul(mix, constant(known, [among.length, d]));
}

/** ⟨v, x⟩/‖v‖ with each unit row. */
export function cosinesWith(vector: Float32Array, { data, rows, cols: d }: Matrix): Float64Array {
  const length = Math.sqrt(vector.reduce((sum, x) => sum + x * x, 0));
  return Float64Array.from({ length: rows }, (_, i) => {
    let product = 0;
    for (let c = 0; c < d; c++) product += vector[c] * data[i * d + c];
    return product / length;
  });
}
