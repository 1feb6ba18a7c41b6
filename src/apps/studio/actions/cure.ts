import { InputError, OptionError } from '../../../core/errors.ts';
import type { Cure } from '../../doctor/index.ts';
import { cured } from '../../verbs/cured.ts';
import { defineAction } from './define.ts';
import { acted, judged } from './support/acted.ts';
import { withRowsOf } from './support/fewer-rows.ts';
import { tableOf } from './support/lookup.ts';

const IDS: readonly Cure['id'][] = [
  'drop-rows',
  'split-rows',
  'scale-rows',
  'subtract-mean',
  'equalize-columns',
  'drop-columns',
  'keep-directions',
  'disperse',
];

/**
 * Does what a finding of `measure` says helps: its `cure`, as it came.
 *
 * Facts: those of `normalize`; where rows go, `table`, `rows`, `dropped`; where a table is split, `tables`, the ids of the
 * new ones.
 */
export const cure = defineAction({
  id: 'cure',
  summary:
    'Does what a finding says helps: drops rows or columns, splits, scales, centers, spreads.',
  parameters: {
    table: { kind: 'text', doc: 'Id of the table.', default: 'a' },
    cure: {
      kind: 'options',
      doc: 'The cure of a finding: {id: "drop-rows", rows: […]} and the like.',
    },
    ...judged,
  },
  isStep: true,
  async run(state, { table, cure: given, judge }, context) {
    const source = tableOf('cure', state, table);
    const { points } = source.table;
    const wanted = knownCure(given, points.rows, points.cols);
    if (wanted.id === 'drop-rows') {
      const out = new Set(wanted.rows);
      const places = Array.from({ length: points.rows }, (_, i) => i).filter((i) => !out.has(i));
      return withRowsOf(state, source, [{ id: source.id, name: source.name, places }]);
    }
    if (wanted.id === 'split-rows') {
      const parts = wanted.groups.map((places, g) => ({
        id: `${source.id}-${g + 1}`,
        name: `${source.name}, part ${g + 1}`,
        places,
      }));
      return withRowsOf(state, source, parts);
    }
    const [made] = await cured(points, wanted, context);
    const isSameSpace = !['drop-columns', 'keep-directions'].includes(wanted.id);
    const act = { action: 'cure', judge, isSameSpace, facts: { cure: wanted.id } };
    return acted(state, source, made, act, context);
  },
});

/** The cure, if it is one and fits the table. */
function knownCure(given: Readonly<Record<string, unknown>>, n: number, d: number): Cure {
  const id = IDS.find((known) => known === given['id']);
  if (!id) throw new OptionError('cure', 'cure', `an object with id: ${IDS.join(', ')}`, given);
  const { rows, groups, columns, count } = given;
  const isListBelow = (list: unknown, end: number): list is number[] =>
    Array.isArray(list) &&
    list.length > 0 &&
    list.every((at) => Number.isSafeInteger(at) && at >= 0 && at < end);
  const need = (fits: boolean, what: string): void => {
    if (!fits) throw new InputError('cure', `${id} needs ${what}.`);
  };
  if (id === 'drop-rows') {
    need(isListBelow(rows, n), `rows: a list of row numbers from 0 to ${n - 1}`);
    need(new Set(rows as number[]).size < n, 'to leave a row at least');
  }
  if (id === 'split-rows')
    need(
      Array.isArray(groups) && groups.length > 0 && groups.every((group) => isListBelow(group, n)),
      `groups: lists of row numbers from 0 to ${n - 1}`,
    );
  if (id === 'equalize-columns' || id === 'drop-columns') {
    need(isListBelow(columns, d), `columns: a list of column numbers from 0 to ${d - 1}`);
    need(
      id !== 'drop-columns' || new Set(columns as number[]).size < d,
      'to leave a column at least',
    );
  }
  if (id === 'keep-directions')
    need(
      Number.isSafeInteger(count) && (count as number) >= 1 && (count as number) <= d,
      `count: a whole number from 1 to ${d}`,
    );
  return given as unknown as Cure;
}
