import { toFloat32 } from '../../../core/matrix.ts';
import { alignAndJudge, alignmentById, pairsByLabel, repeatedLabels } from '../../verbs/align.ts';
import { defineAction } from './define.ts';
import { acted, judged } from './support/acted.ts';
import { finiteTable } from './support/finite-table.ts';
import { changed } from './support/moved.ts';

/**
 * Moves one table into the space of another, by rows with the same label, or by place without labels; a method that brings
 * both into a space between moves both.
 *
 * Facts: those of `normalize`, `method`, `to`, `pairs`, `verdict`, `heldOut {recallAt1, recallAt10, candidates, asked, folds}`
 * or null, `chance`, `facts` and `warnings`.
 */
export const align = defineAction({
  id: 'align',
  summary: 'Moves a table into the space of another, with what pairs held out say of the bridge.',
  parameters: {
    table: { kind: 'text', doc: 'Id of the table that is moved.', default: 'b' },
    to: { kind: 'text', doc: 'Id of the table whose space it comes to.', default: 'a' },
    method: {
      kind: 'text',
      doc: 'Id of the alignment: procrustes, cca-subspace, …',
      default: 'procrustes',
    },
    options: { kind: 'options', doc: 'Options of the alignment.' },
    ...judged,
  },
  isStep: true,
  async run(state, { table, to, method, options, judge }, context) {
    const [source, target] = [finiteTable('align', state, table), finiteTable('align', state, to)];
    const { engine, signal, onProgress } = context;
    const run = { engine, signal, onProgress };
    const [a, b] = [source.table, target.table];
    const pairs = pairsByLabel(a, b);
    const input = { a: a.points, b: b.points, pairs };
    const made = await alignAndJudge(input, method, options, run);
    const { into, transform } = alignmentById(method);
    const points = toFloat32(await transform(made.model, a.points, 'a', run));
    const { verdict, heldOut, chance } = made;
    const warnings = [...made.warnings, ...repeatedLabels(a, b)];
    const facts = {
      method,
      to,
      pairs: made.pairs,
      verdict,
      heldOut,
      chance,
      facts: made.facts,
      warnings,
    };
    const act = { action: 'align', judge, isSameSpace: a.points.cols === points.cols, facts };
    if (into === 'b') return acted(state, source, points, act, context);
    const moved = toFloat32(await transform(made.model, b.points, 'b', run));
    const both = changed(state, target, moved, 'align', { isSameSpace: false });
    const outcome = await acted(
      both.state,
      source,
      points,
      { ...act, isSameSpace: false },
      context,
    );
    return { ...outcome, made: { ...outcome.made, target: both.made['points'] } };
  },
});
