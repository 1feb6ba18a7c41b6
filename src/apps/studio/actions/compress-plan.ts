import { integer, number } from '../../../method/options.ts';
import { planCompression } from '../../verbs/compress-plan.ts';
import { defineAction } from './define.ts';
import { finiteTable } from './support/finite-table.ts';

/**
 * What each way of coding keeps: those that no other beats in bytes and recall at once.
 *
 * Facts: `front [{codec, options, dims, rescore, bytesPerVector, recallAt10 {value, low, high}}]` by bytes, `chosen` or null,
 * `losses`, `sampled {fitted, coded, queries}`, `k`, `warnings`.
 */
export const compressPlan = defineAction({
  id: 'compress-plan',
  summary: 'Tries codecs on a table: bytes against the neighbors that a search by the codes finds.',
  parameters: {
    table: { kind: 'text', doc: 'Id of the table.', default: 'a' },
    recall: number(0.95, 'The share of the k nearest rows that will do.', { min: 0, max: 1 }),
    k: integer(10, 'How many nearest rows.', { min: 1 }),
    codecs: {
      kind: 'texts',
      doc: 'Ids of codecs to try; left out, those that are fitted in seconds.',
    },
  },
  isStep: false,
  async run(state, { table, recall, k, codecs }, { engine, signal, onProgress }) {
    const { points } = finiteTable('compress-plan', state, table).table;
    const plan = await planCompression(points, {
      target: { recall, k },
      engine,
      signal,
      onProgress,
      ...(codecs && { codecs }),
    });
    const { front, chosen, losses, sampled, warnings } = plan;
    return { facts: { front, chosen, losses, sampled, k, warnings } };
  },
});
