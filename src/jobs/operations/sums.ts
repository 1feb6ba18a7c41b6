import { InputError } from '../../core/errors.ts';
import type { Operation } from '../operation.ts';
import { float64s } from '../output.ts';

/** Which arrays of the inputs are added. */
export interface SumsSettings {
  readonly arrays: readonly string[];
  /** Numbers of all of them together, for the plan. */
  readonly count: number;
  /** How many inputs, for the plan. */
  readonly inputs: number;
}

/** The sums of float64 arrays over its inputs, in their order, and the sum of their field `rows`. */
export const sums: Operation<SumsSettings> = {
  id: 'sums',
  version: 1,
  async run({ arrays }, { inputs, input }) {
    const totals = new Map<string, { shape: readonly number[]; data: Float64Array }>();
    let rows = 0;
    for (let i = 0; i < inputs; i++) {
      const part = await input(i);
      rows += Number(part.fields['rows'] ?? 0);
      for (const name of arrays) {
        const values = await float64s(part, name);
        const total = totals.get(name) ?? {
          shape: part.shapeOf(name),
          data: new Float64Array(values.length),
        };
        if (values.length !== total.data.length) {
          throw new InputError(
            part.name,
            `the array ${name} has ${values.length} numbers; those before it had ${total.data.length}.`,
          );
        }
        for (let e = 0; e < values.length; e++) total.data[e] += values[e];
        totals.set(name, total);
      }
    }
    return { fields: { rows }, arrays: Object.fromEntries(totals) };
  },
  cost: ({ count, inputs }) => ({
    products: 0,
    bytesRead: 8 * count * inputs,
    bytesWritten: 8 * count,
  }),
};
