import { type Matrix, matrix } from '../../core/matrix.ts';
import {
  adam,
  constant,
  crossEntropy,
  dense,
  embeddingBag,
  embeddingTable,
  evaluate,
  matmul,
  normalizeRows,
  scale,
  type Tensor,
  train,
  Workspace,
} from '../../learning/index.ts';
import type { StudyContext } from '../define.ts';
import { byVectors, meansOfSets, type Recommender } from './recommended.ts';

const TEMPERATURE = 0.1;

export interface LearnedSizes {
  readonly dim: number;
  readonly steps: number;
  readonly batch: number;
  readonly learningRate: number;
}

/** What a trained recommender makes of sets of items, one row a set before it is scaled. */
type Encoder = (sets: readonly Int32Array[]) => Tensor;

/** Items by rows of a table that begins by chance, as recommenders without texts have them. */
export function byLearnedIds(
  seen: readonly Int32Array[],
  n: number,
  study: StudyContext,
  sizes: LearnedSizes,
): Promise<Recommender> {
  const table = embeddingTable({
    name: 'items',
    rows: n,
    cols: sizes.dim,
    byRows: true,
    seed: study.seed,
  });
  const [weight] = table.parameters;
  const encoder: Encoder = (sets) => {
    const offsets = [0];
    for (const set of sets) offsets.push(offsets[offsets.length - 1] + set.length);
    return embeddingBag(weight, Int32Array.from(sets.flatMap((set) => [...set])), offsets);
  };
  return learned(encoder, seen, n, study, sizes);
}

/** Items by their vectors, which stay, through one learned linear map. */
export function byLearnedMap(
  vectors: Matrix,
  seen: readonly Int32Array[],
  study: StudyContext,
  sizes: LearnedSizes,
): Promise<Recommender> {
  const { rows: n, cols: inputs } = vectors;
  const { seed } = study;
  const map = dense({ name: 'map', inputs, outputs: sizes.dim, bias: false, seed });
  const encoder: Encoder = (sets) => {
    const { data, rows } = meansOfSets(vectors, sets);
    return map(constant(data, [rows, inputs]));
  };
  return learned(encoder, seen, n, study, sizes);
}

/**
 * Softmax over the batch: part of a list, drawn by chance, finds another item of it among those of the other lists, by
 * cosine over 0.1.
 */
async function learned(
  encoder: Encoder,
  seen: readonly Int32Array[],
  n: number,
  { engine, signal, seed, random }: StudyContext,
  { steps, batch, learningRate }: LearnedSizes,
): Promise<Recommender> {
  const draws = random.fork('recommender');
  const unit: Encoder = (sets) => normalizeRows(encoder(sets));
  await train({
    steps,
    seed,
    engine,
    signal,
    update: adam({ learningRate }),
    loss({ step }) {
      const own = draws.fork(step);
      const chosen = own.sample(seen.length, Math.min(batch, seen.length));
      const pairs = Array.from(chosen, (list) => {
        const items = seen[list];
        const order = own.fork(list).sample(items.length);
        const known = order.subarray(1, 1 + Math.max(1, items.length >> 1));
        return {
          known: known.map((place) => items[place]),
          target: items.slice(order[0], order[0] + 1),
        };
      });
      const scores = matmul(
        unit(pairs.map(({ known }) => known)),
        unit(pairs.map(({ target }) => target)),
        { transposeB: true },
      );
      return crossEntropy(scale(scores, 1 / TEMPERATURE), Int32Array.from(pairs.keys()));
    },
  });
  const all = Array.from({ length: n }, (_, item) => Int32Array.of(item));
  const encoded = encoder(all);
  const data = await evaluate(encoded, new Workspace(engine));
  return byVectors(matrix(Float32Array.from(data), n, encoded.shape[1]));
}
