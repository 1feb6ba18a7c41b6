import type { Operation } from '../operation.ts';
import {
  type Dispersal,
  formOf,
  namedStatistic,
  readStatistic,
  statisticBytes,
} from '../support/dispersal.ts';

export interface DisperseTotalsSettings {
  readonly dispersal: Dispersal;
  /** Steps whose statistics there are. */
  readonly count: number;
  /** For the plan. */
  readonly inputs: number;
  readonly cols: number;
}

/** The statistics of its inputs as one: those of parts make those of all, exactly, in whatever order they come. */
export const disperseTotals: Operation<DisperseTotalsSettings> = {
  id: 'disperse-totals',
  version: 1,
  async run({ dispersal, count }, { inputs, input }) {
    const form = formOf(dispersal);
    const arrays = {};
    for (let k = 0; k < count; k++) {
      const all = await readStatistic(await input(0), k, dispersal.terms.length);
      for (let i = 1; i < inputs; i++) {
        form.merge(all, await readStatistic(await input(i), k, dispersal.terms.length));
      }
      Object.assign(arrays, namedStatistic(all, k));
    }
    return { arrays };
  },
  cost: ({ dispersal, count, inputs, cols }) => {
    const bytes = count * statisticBytes(dispersal, cols);
    return { products: 0, bytesRead: inputs * bytes, bytesWritten: bytes };
  },
};
