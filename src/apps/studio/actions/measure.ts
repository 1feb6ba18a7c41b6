import { angleOfChord, DEGREES } from '../../../core/numeric.ts';
import { boolean, choice, integer } from '../../../method/options.ts';
import { fieldOf } from '../session/fields.ts';
import type { StudioField } from '../session/state.ts';
import { defineAction } from './define.ts';
import { packedFields, withFields } from './support/changes.ts';
import { type Examined, examined, spreaderOf } from './support/examined.ts';
import { numbersOfTable, tableOf, textsOfTable } from './support/lookup.ts';

/**
 * Numbers of a table, each with its interval beside a null, and what they say.
 *
 * Facts: `n`, `d`, `population`; `metrics [{id, group, title, summary, unit, value, low, high, level, null {value, low, high, how},
 * reading, rows, columns, series, table, warnings, fields}]`; `findings [{id, severity, sentence, rows, columns, fix, cure}]`,
 * worst first; `fields` made: one for each number that rows have by themselves, and `hub-count`, `nearest-angle` (degrees), `norm`;
 * `warnings`. No arrays: `field` gives the values.
 */
export const measure = defineAction({
  id: 'measure',
  summary:
    'Numbers of a table with intervals beside a null, what they say, and the rows they speak of.',
  parameters: {
    table: { kind: 'text', doc: 'Id of the table.', default: 'a' },
    metrics: {
      kind: 'texts',
      doc: 'Ids or groups of metrics, or all; an id may have options: gride(scale=16). Left out: nine leading numbers.',
    },
    doctor: boolean(false, 'Take every number, so that all findings can be made.'),
    null: choice(
      ['uniform', 'gaussian', 'permuted', 'none'],
      'uniform',
      'What the numbers stand beside: uniform points, Gaussian ones of the same covariance, permuted columns.',
    ),
    classes: {
      kind: 'text',
      doc: 'Field (or labels) with the class of each row, for numbers about classes.',
    },
    scores: { kind: 'text', doc: 'Field with a number by which rows are ordered.' },
    frequencies: { kind: 'text', doc: 'Field with how often each row occurs.' },
    seed: integer(0, 'Seed of samples and simulated values.', { min: 0 }),
    exact: boolean(false, 'Look at all pairs, however many.'),
  },
  isStep: true,
  async run(state, parameters, context) {
    const { table: id, metrics, doctor, classes, scores, frequencies } = parameters;
    const owner = tableOf('measure', state, id);
    const found = await examined(
      owner,
      {
        metrics: doctor ? [...(metrics ?? []), 'all'] : metrics,
        null: parameters.null,
        seed: parameters.seed,
        exact: parameters.exact,
        classes: classes === undefined ? undefined : textsOfTable('measure', owner, classes),
        scores: scores === undefined ? undefined : numbersOfTable('measure', owner, scores),
        frequencies:
          frequencies === undefined ? undefined : numbersOfTable('measure', owner, frequencies),
      },
      context,
      'measure',
    );
    const fields = [...found.fields, ...plainFields(found, owner.table.points.rows)];
    const { n, d, population, warnings } = found.inspection?.measurement ?? {
      n: 0,
      d: owner.table.points.cols,
      warnings: [],
    };
    return {
      state: withFields(state, id, fields),
      facts: {
        n,
        d,
        ...(population !== undefined && { population }),
        metrics: found.numbers,
        findings: found.findings,
        fields: fields.map(({ info }) => info),
        warnings,
      },
      made: packedFields(fields),
    };
  },
});

/** What every measurement finds of rows: left out where only the lists of a sample are known. */
function plainFields({ inspection }: Examined, n: number): readonly StudioField[] {
  if (!inspection) return [];
  const { norms, neighbors, occurrences } = inspection.details;
  const spread = spreaderOf(inspection, n);
  const made = (id: string, title: string, values: ArrayLike<number>) =>
    fieldOf(id, spread(values), { from: 'measure', kind: 'number', title });
  const known = !neighbors.rows && neighbors.k > 0;
  const nearest = Float64Array.from(
    { length: neighbors.n },
    (_, i) => DEGREES * angleOfChord(neighbors.distances[i * neighbors.k]),
  );
  return [
    made('norm', 'length of the vector', norms),
    ...(known
      ? [
          made('hub-count', `lists of ${neighbors.k} that hold the row`, occurrences),
          made('nearest-angle', 'angle to the nearest row, degrees', nearest),
        ]
      : []),
  ];
}
