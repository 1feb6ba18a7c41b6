import { escaped } from '../../core/text.ts';
import { barGlyph, moveGlyph } from './charts/glyphs.ts';
import type { Baselines, Hub, Hubs, NeighborChanges, ReportData } from './contract.ts';
import { labelHtml } from './escape.ts';
import { count, fixed, NONE } from './format.ts';
import { type ComparisonRow, comparison } from './measures.ts';
import { meanScore } from './readings.ts';

/** A column: its heading as HTML, and the class of its cells. */
export interface Column {
  readonly head: string;
  readonly kind?: 'number' | 'number optional' | 'optional bar' | 'rank';
}

/** A table whose first column heads its rows; cells are HTML. */
export function table(
  caption: string,
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
): string {
  const classOf = (i: number) => (columns[i].kind ? ` class="${columns[i].kind}"` : '');
  const head = columns.map((c, i) => `<th scope="col"${classOf(i)}>${c.head}</th>`).join('');
  const body = rows.map((cells) => {
    const [first, ...rest] = cells;
    const others = rest.map((cell, i) => `<td${classOf(i + 1)}>${cell}</td>`).join('');
    return `<tr><th scope="row"${classOf(0)}>${first}</th>${others}</tr>`;
  });
  const title = caption === '' ? '' : `<caption>${caption}</caption>`;
  return `<div class="scroll"><table>${title}<thead><tr>${head}</tr></thead><tbody>
${body.join('\n')}
</tbody></table></div>`;
}

const BEFORE = '<span class="before"><span class="swatch"></span>Before</span>';
const AFTER = '<span class="after"><span class="swatch after"></span>After</span>';
const UNIFORM = '<span class="swatch uniform"></span>Uniform';

/** The before/after table, each number beside its value for uniform random points. */
export function comparisonTable(caption: string, data: ReportData): string {
  const rows = comparison(data.before, data.after, data.nulls);
  const uniform: Column = { head: UNIFORM, kind: 'number' };
  if (!data.after) {
    return table(
      caption,
      [{ head: 'Measure' }, { head: 'Value', kind: 'number' }, uniform],
      rows.map((row) => [named(row), row.text.before, nullCell(row)]),
    );
  }
  return table(
    caption,
    [
      { head: 'Measure' },
      { head: BEFORE, kind: 'number' },
      { head: AFTER, kind: 'number' },
      { head: 'Change', kind: 'number optional' },
      uniform,
      { head: 'Move', kind: 'number optional' },
    ],
    rows.map((row) => [
      named(row),
      row.text.before,
      `<b>${row.text.after}</b>`,
      row.text.change,
      nullCell(row),
      moveGlyph(row.before, row.after, row.null?.value),
    ]),
  );
}

function named({ measure }: ComparisonRow): string {
  return `${measure.title}<small>${escaped(measure.explanation)}</small>`;
}

function nullCell({ text, null: none }: ComparisonRow): string {
  if (!none) return NONE;
  const interval = text.interval === '' ? '' : `<small>${text.interval}</small>`;
  return `<span title="${escaped(none.how)}">${text.null}</span>${interval}`;
}

/** Rows whose neighbours changed most: what left is set in italics, what came in bold. */
export function neighborsTable(caption: string, changes: NeighborChanges): string {
  const list = (labels: readonly string[], others: ReadonlySet<string>, kind: string) =>
    labels
      .map((l) => `<span class="${others.has(l) ? 'kept' : kind}">${labelHtml(l)}</span>`)
      .join(', ');
  return table(
    caption,
    [
      { head: 'Row' },
      { head: 'Nearest before' },
      { head: 'Nearest after' },
      { head: 'Shared', kind: 'number' },
    ],
    changes.rows.map((row) => [
      `<b>${labelHtml(row.label)}</b>`,
      list(row.before, new Set(row.after), 'lost'),
      list(row.after, new Set(row.before), 'gained'),
      `${row.overlap} of ${changes.k}`,
    ]),
  );
}

/** The largest hubs, before beside after, with bars on one scale. */
export function hubsTable(caption: string, hubs: Hubs): string {
  const all = [...hubs.before, ...(hubs.after ?? [])];
  const largest = all.reduce((a, hub) => Math.max(a, hub.count), 0);
  const cells = (list: readonly Hub[], i: number, series: 'before' | 'after') =>
    i < list.length
      ? [labelHtml(list[i].label), count(list[i].count), barGlyph(list[i].count, largest, series)]
      : ['', '', ''];
  const columns = (head: string): Column[] => [
    { head },
    { head: 'Rows', kind: 'number' },
    { head: '', kind: 'optional bar' },
  ];
  const length = Math.max(hubs.before.length, hubs.after?.length ?? 0);
  const after = hubs.after;
  return table(
    caption,
    [
      { head: 'Rank', kind: 'rank' },
      ...columns(after ? BEFORE : 'Hub'),
      ...(after ? columns(AFTER) : []),
    ],
    Array.from({ length }, (_, i) => [
      `${i + 1}`,
      ...cells(hubs.before, i, after ? 'before' : 'after'),
      ...(after ? cells(after, i, 'after') : []),
    ]),
  );
}

/** Scores of every treatment on every set, their mean, and the hubness; the best of a column bold. */
export function baselinesTable(caption: string, baselines: Baselines): string {
  const { treatments, sets } = baselines;
  const means = treatments.map((t) => meanScore(t.values));
  const hasHubs = treatments.some((t) => typeof t.hubnessSkewness === 'number');
  const best = (values: readonly (number | null | undefined)[]) => {
    const shown = values.map((v) => (typeof v === 'number' ? v.toFixed(3) : ''));
    const top = values.reduce<number>((a, v) => Math.max(a, v ?? -Infinity), -Infinity);
    return shown.map((text, i) =>
      text !== '' && text === top.toFixed(3)
        ? `<b>${fixed(values[i], 3)}</b>`
        : fixed(values[i], 3),
    );
  };
  const columns = sets.map((_, j) => best(treatments.map((t) => t.values[j])));
  const meanColumn = best(means);
  return table(
    caption,
    [
      { head: 'Treatment' },
      ...sets.map((set): Column => ({ head: escaped(set), kind: 'number' })),
      { head: 'Mean', kind: 'number' },
      ...(hasHubs ? [{ head: 'Hubness', kind: 'number' } as const] : []),
    ],
    treatments.map((t, i) => [
      t.role === 'after' || t.role === 'before'
        ? `<span class="${t.role}">${escaped(t.name)}</span>`
        : escaped(t.name),
      ...columns.map((column) => column[i]),
      meanColumn[i],
      ...(hasHubs ? [fixed(t.hubnessSkewness, 2)] : []),
    ]),
  );
}
