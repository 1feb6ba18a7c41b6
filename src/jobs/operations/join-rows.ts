import type { Operation } from '../operation.ts';
import { float32Rows } from '../output.ts';

export interface JoinRowsSettings {
  readonly rows: number;
  readonly cols: number;
  /** Of which list of `gather-rows`. */
  readonly list: number;
}

/** The rows of one list that its inputs gathered, one after another: `points`. */
export const joinRows: Operation<JoinRowsSettings> = {
  id: 'join-rows',
  version: 2,
  async run({ rows, cols, list }, { inputs, input }) {
    const data = new Float32Array(rows * cols);
    let at = 0;
    for (let i = 0; i < inputs; i++) {
      const part = await float32Rows(await input(i), `points.${list}`);
      data.set(part.data, at);
      at += part.data.length;
    }
    return { fields: {}, arrays: { points: { shape: [rows, cols], data } } };
  },
  cost: ({ rows, cols }) => ({
    products: 0,
    bytesRead: 4 * rows * cols,
    bytesWritten: 4 * rows * cols,
  }),
};
