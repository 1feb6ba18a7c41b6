import type { Operation } from '../operation.ts';
import { float32Rows } from '../output.ts';

export interface JoinRowsSettings {
  readonly rows: number;
  readonly cols: number;
}

/** The rows `points` of its inputs, one after another. */
export const joinRows: Operation<JoinRowsSettings> = {
  id: 'join-rows',
  version: 1,
  async run({ rows, cols }, { inputs, input }) {
    const data = new Float32Array(rows * cols);
    let at = 0;
    for (let i = 0; i < inputs; i++) {
      const part = await float32Rows(await input(i), 'points');
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
