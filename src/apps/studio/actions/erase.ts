import { eraseAndJudge } from '../../explain/erase.ts';
import { defineAction } from './define.ts';
import { acted, judged } from './support/acted.ts';
import { finiteTable } from './support/finite-table.ts';
import { axisOf, textsOfTable } from './support/lookup.ts';

/**
 * Takes a concept out of the rows of a table, and says by probes on rows held out whether it is gone.
 *
 * Facts: those of `normalize`, `method`, `rank` (dimensions taken out), `meanCosine`, `warnings`, and `verdict`, null without
 * `concept`: `probeBefore`, `probeAfter`, `majority`, `random {probe, meanCosine}`, `kept {before, after, majority}`.
 */
export const erase = defineAction({
  id: 'erase',
  summary: 'Takes a concept out of a table, with probes before and after.',
  parameters: {
    table: { kind: 'text', doc: 'Id of the table.', default: 'a' },
    concept: { kind: 'text', doc: 'Field with the concept of each row, or labels.' },
    axis: {
      kind: 'text',
      doc: 'Name of an axis of the session, for methods that take directions.',
    },
    kept: { kind: 'text', doc: 'Field with what is to be kept of each row.' },
    method: {
      kind: 'text',
      doc: 'Id of the erasure: leace, inlp, projection, …',
      default: 'leace',
    },
    options: { kind: 'options', doc: 'Options of the erasure.' },
    ...judged,
  },
  isStep: true,
  async run(state, { table, concept, axis, kept, method, options, judge }, context) {
    const source = finiteTable('erase', state, table);
    const { engine, signal, onProgress } = context;
    const textsOf = (name: string | undefined) =>
      name === undefined ? undefined : textsOfTable('erase', source, name);
    const input = {
      points: source.table.points,
      classes: textsOf(concept),
      kept: textsOf(kept),
      directions: axis === undefined ? undefined : axisOf('erase', state, axis).directions,
    };
    const made = await eraseAndJudge(input, method, options, { engine, signal, onProgress });
    const { rank, meanCosine, verdict, warnings } = made;
    const facts = { method, rank, meanCosine, verdict, warnings };
    const act = { action: 'erase', judge, facts };
    return acted(state, source, made.points, act, context);
  },
});
