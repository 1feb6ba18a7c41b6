import { InputError } from '../../../core/errors.ts';
import { boolean, integer } from '../../../method/options.ts';
import { compare as compared } from '../../verbs/compare.ts';
import { fieldOf } from '../session/fields.ts';
import type { StudioTable } from '../session/state.ts';
import { defineAction } from './define.ts';
import { packedFields, withFields } from './support/changes.ts';
import { LISTED } from './support/known.ts';
import { nameOfRow, tableOf } from './support/lookup.ts';
import { type MatchedPlaces, matchedPlaces } from './support/matched-places.ts';
import { type NeighborChange, neighborChange } from './support/neighbor-change.ts';

/**
 * How alike two tables are, and which rows have other neighbors.
 *
 * Facts: those of `tammes compare --json` without times: `n`, `nA`, `nB`, `dA`, `dB`, `rows {matched, sentence}`, `comparisons [{id, title, kind,
 * value, low, high, null}]`, `sentence`, `parity` where asked, `warnings`; and, where rows belong together, `k`, `change {mean, chance}`,
 * `changed [{a, b, label, change, lost, gained}]`, the rows that keep fewest neighbors, with the labels of those, and `fields {a, b}`: the share of
 * each row's k nearest that is new in the other table, NaN for a row without a partner. Arrays: those fields.
 */
export const compare = defineAction({
  id: 'compare',
  summary:
    'How alike two tables are, with intervals and a verdict, and which rows have other neighbors.',
  parameters: {
    a: { kind: 'text', doc: 'Id of the first table.', default: 'a' },
    b: { kind: 'text', doc: 'Id of the second.', default: 'b' },
    k: integer(10, 'Neighbors of each row.', { min: 1, max: LISTED }),
    metrics: {
      kind: 'texts',
      doc: 'Ids of comparisons, with options as in linear-cka(estimator=biased); left out, all that suit.',
    },
    parity: boolean(false, 'Whether to say which fault lies between two runtimes of one model.'),
    seed: integer(0, 'Seed of samples and simulated values.', { min: 0 }),
    count: integer(20, 'How many changed rows to name.', { min: 1, max: 1000 }),
  },
  isStep: true,
  async run(state, { a, b, k, metrics, parity, seed, count }, { engine, signal, onProgress }) {
    const [first, second] = [tableOf('compare', state, a), tableOf('compare', state, b)];
    if (a === b) throw new InputError('compare', `both tables are ${a}: name two.`);
    const run = { signal, onProgress };
    const options = { engine, seed, metrics, parity, ...(k !== 10 && { k }) };
    const {
      seconds: _,
      threads: __,
      ...result
    } = await compared(first.table, second.table, options, run);
    if (result.rows.matched === 'none') return { facts: { ...result } };
    const places = matchedPlaces('compare', first, second);
    const found = await neighborChange(
      first.table.points,
      second.table.points,
      places,
      k,
      engine,
      run,
    );
    const fields = {
      a: changeField(first, b, places.a, found),
      b: changeField(second, a, places.b, found),
    };
    const mean = found.change.reduce((sum, x) => sum + x, 0) / found.change.length;
    return {
      state: withFields(withFields(state, a, [fields.a]), b, [fields.b]),
      facts: {
        ...result,
        k: found.k,
        change: { mean, chance: 1 - found.k / Math.max(found.k, found.change.length - 1) },
        changed: changedRows(first, places, found, count),
        fields: { a: fields.a.info, b: fields.b.info },
      },
      arrays: packedFields([fields.a, fields.b]),
    };
  },
});

function changeField(
  owner: StudioTable,
  other: string,
  rows: Int32Array,
  { change, k }: NeighborChange,
) {
  const values = new Float64Array(owner.table.points.rows).fill(Number.NaN);
  for (const [place, row] of rows.entries()) values[row] = change[place];
  return fieldOf(`change-${other}`, values, {
    from: 'compare',
    kind: 'number',
    title: `share of the ${k} nearest that is other in ${other}`,
  });
}

function changedRows(
  owner: StudioTable,
  { a, b }: MatchedPlaces,
  { change, lost, gained }: NeighborChange,
  count: number,
) {
  const order = Int32Array.from(change.keys()).sort((i, j) => change[j] - change[i] || i - j);
  const names = (places: readonly number[]) => places.map((place) => nameOfRow(owner, a[place]));
  return Array.from(order.subarray(0, count), (place) => ({
    a: a[place],
    b: b[place],
    label: nameOfRow(owner, a[place]),
    change: change[place],
    lost: names(lost(place)),
    gained: names(gained(place)),
  }));
}
