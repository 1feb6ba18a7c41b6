import type { Operation, ShardRef } from '../operation.ts';
import { float32Rows } from '../output.ts';
import { unitRowsInPlace } from '../support/unit-rows.ts';

export interface ScoreRowsSettings {
  readonly shard: ShardRef;
  readonly similarity: 'cosine' | 'dot' | 'euclidean';
  /** How many queries, for the plan. */
  readonly queries: number;
}

/**
 * What a search scores the rows of a shard with queries, the `points` of the input as they are compared.
 *
 *     scores  q × n
 */
export const scoreRows: Operation<ScoreRowsSettings> = {
  id: 'score-rows',
  version: 1,
  async run({ shard, similarity }, { rowsOf, input, engine, signal }) {
    const queries = await float32Rows(await input(0), 'points');
    const points = await rowsOf(shard);
    if (similarity === 'cosine') unitRowsInPlace(points);
    const { data } = await engine.matmul(queries, points, true, { signal });
    const scores = Float32Array.from(data);
    if (similarity === 'euclidean') toDistances(scores, squares(queries), squares(points));
    return { fields: {}, arrays: { scores: { shape: [queries.rows, points.rows], data: scores } } };
  },
  cost: ({ shard: { rows, cols, bytes }, queries }) => ({
    products: rows * cols * queries,
    bytesRead: bytes + 4 * queries * cols,
    bytesWritten: 4 * queries * rows,
  }),
};

function squares({ data, rows, cols }: Parameters<typeof unitRowsInPlace>[0]): Float64Array {
  return Float64Array.from({ length: rows }, (_, i) => {
    let sum = 0;
    for (let c = i * cols; c < (i + 1) * cols; c++) sum += data[c] * data[c];
    return sum;
  });
}

/** −‖q − x‖ in place of ⟨q, x⟩. */
function toDistances(products: Float32Array, asked: Float64Array, own: Float64Array): void {
  const n = own.length;
  for (let at = 0; at < products.length; at++) {
    const squared = asked[Math.floor(at / n)] + own[at % n] - 2 * products[at];
    products[at] = -Math.sqrt(Math.max(0, squared));
  }
}
