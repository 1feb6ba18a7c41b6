import { integer } from '../../../method/options.ts';
import { countsOf } from '../session/fields.ts';
import type { StudioField, StudioTable } from '../session/state.ts';
import { defineAction } from './define.ts';
import { chosenParameters, chosenRows } from './support/chosen-rows.ts';
import { fieldOfTable, tableOf } from './support/lookup.ts';

const MOST_CATEGORIES = 100;

/**
 * How the values of fields are distributed, over all rows and over some.
 *
 * Facts: `count` of the rows chosen, `of` all; `facets [{id, title, kind, missing}]` with, for numbers and times (milliseconds, UTC), `edges` (one more than
 * bins), `counts` (of the rows chosen) and `all`; for categories `categories [{name, count, all}]`, most frequent first, at most
 * 100, and `more`, how many others there are. Texts, pictures and sounds have `filled` and `different` alone.
 */
export const facets = defineAction({
  id: 'facets',
  summary:
    'Histograms of numbers and times, and counts of categories, over all rows and over some.',
  parameters: {
    table: { kind: 'text', doc: 'Id of the table.', default: 'a' },
    fields: { kind: 'texts', doc: 'Ids of the fields; left out, all.' },
    ...chosenParameters,
    bins: integer(20, 'Bars of a histogram.', { min: 1, max: 1000 }),
  },
  isStep: false,
  isQuick: true,
  run(state, parameters) {
    const { table: id, fields: names, bins } = parameters;
    const owner = tableOf('facets', state, id);
    const rows = chosenRows('facets', state, owner, parameters);
    const n = owner.table.points.rows;
    const shown = (names ?? [...owner.fields.keys()]).map((name) =>
      fieldOfTable('facets', owner, name),
    );
    return {
      facts: {
        count: rows?.length ?? n,
        of: n,
        facets: shown.map((field) => facetOf(field, owner, rows, bins)),
      },
    };
  },
});

function facetOf(
  { info, values }: StudioField,
  owner: StudioTable,
  rows: Int32Array | undefined,
  bins: number,
) {
  const { id, title, kind, missing = 0 } = info;
  const head = { id, title, kind, missing };
  if (values instanceof Float64Array)
    return { ...head, ...histogramOf(values, rows, info.range, bins) };
  const all = countsOf(values);
  if (kind !== 'category')
    return { ...head, filled: owner.table.points.rows - missing, different: all.length };
  const own =
    rows &&
    new Map(countsOf(Array.from(rows, (i) => values[i])).map(({ name, count }) => [name, count]));
  return {
    ...head,
    categories: all.slice(0, MOST_CATEGORIES).map(({ name, count }) => ({
      name,
      count: own ? (own.get(name) ?? 0) : count,
      all: count,
    })),
    more: Math.max(0, all.length - MOST_CATEGORIES),
  };
}

function histogramOf(
  values: Float64Array,
  rows: Int32Array | undefined,
  range: readonly [number, number] | undefined,
  bins: number,
) {
  if (!range) return { edges: [], counts: [], all: [] };
  const [low, high] = range;
  const count = high > low ? bins : 1;
  const width = (high - low) / count;
  const counted = (places: Iterable<number>) => {
    const counts = new Array<number>(count).fill(0);
    for (const i of places) {
      if (!Number.isFinite(values[i])) continue;
      const bin = width > 0 ? Math.floor((values[i] - low) / width) : 0;
      counts[Math.max(0, Math.min(count - 1, bin))] += 1;
    }
    return counts;
  };
  const all = counted(values.keys());
  return {
    edges: Array.from({ length: count + 1 }, (_, e) => (e === count ? high : low + e * width)),
    counts: rows ? counted(rows) : all,
    all,
  };
}
