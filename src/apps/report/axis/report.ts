import { escaped } from '../../../core/text.ts';
import type { Between, ExplainedAxis } from '../../explain/axis.ts';
import type { SortedRow } from '../../explain/sort.ts';
import { lineChart, type StripRow, stripChart } from '../charts/index.ts';
import { shownLabel, shownName } from '../escape.ts';
import { count, duration, fixed, NONE } from '../format.ts';
import { type Numbering, numbering, pageHtml, pair, section, versionsText } from '../page-shell.ts';
import { table } from '../tables.ts';

export interface AxisReportData {
  /** Name of the file or data set. */
  readonly name: string;
  /** Id of the method. */
  readonly method: string;
  readonly rows: number;
  readonly columns: number;
  readonly seconds: number;
  readonly versions: Readonly<Record<string, string>>;
  readonly explained: Pick<ExplainedAxis, 'each' | 'heldOut' | 'given' | 'warnings' | 'engine'>;
  /** For each direction that is drawn, all rows, highest first. */
  readonly sorted: readonly (readonly SortedRow[])[];
}

/** Directions that are drawn. */
export const MOST_DRAWN = 6;
/** Rows of a strip. */
const STRIP = 25;
const WIDE = 580;

/** The report of an axis as one HTML page that loads nothing. The same data gives the same bytes. */
export function axisReportHtml(data: AxisReportData): string {
  const { name, explained } = data;
  const to = numbering();
  const versions = versionsText(data.versions);
  const strips = explained.each
    .slice(0, MOST_DRAWN)
    .map((one, j) => to.figure(stripFigure(one, data.sorted[j], j)));
  const body = [
    header(data),
    section('The axis', pair(...strips)),
    section('How well it orders', orderTable(data, to) + pair(fewFigure(data, to))),
    section('Notes', notes(explained.warnings)),
    `<footer><p>${escaped(versions)}</p></footer>`,
  ];
  return pageHtml({ title: `${shownName(name)}: an axis`, generator: versions, body });
}

function header({ name, method, rows, columns, seconds, explained }: AxisReportData): string {
  const facts = [
    `${count(rows)} × ${count(columns)}`,
    `${escaped(explained.engine)} engine`,
    duration(seconds),
  ];
  return `<header>
<p class="kicker">Tammes: a direction, and how sure it is</p>
<h1><bdi>${escaped(shownName(name))}</bdi></h1>
<p class="facts">${escaped(method)} · ${facts.join(' · ')}</p>
<p class="lead">${escaped(leadOf(explained))}</p>
</header>`;
}

function leadOf({ heldOut, given }: AxisReportData['explained']): string {
  const found = heldOut ?? given;
  if (!found) return 'Nothing says how the rows should be ordered: what lies at the ends is shown.';
  const { value, low, high } = found.spearman;
  const what = heldOut ? 'Rows held out are ordered' : 'All rows are ordered';
  const by = `${what} with a rank correlation of ${fixed(value, 3)} (${fixed(low, 3)} to ${fixed(high, 3)})`;
  return `${by}; 95 of 100 random directions stay below ${fixed(found.null, 3)}.`;
}

function stripFigure(
  { name, bandDegrees }: AxisReportData['explained']['each'][number],
  sorted: readonly SortedRow[],
  j: number,
) {
  const rows = evenly(sorted).map(
    ({ row, label, projection, low, high }): StripRow => ({
      ...{ value: projection, low, high },
      name: shownLabel(label ?? `row ${row}`),
    }),
  );
  const sure =
    bandDegrees === null
      ? 'The direction is given, not estimated.'
      : `The bands hold 95 of 100 draws of the direction, fitted to rows drawn anew; these lie within ${fixed(bandDegrees, 1)}° of it.`;
  const reading = `${rows.length} of ${count(sorted.length)} rows, evenly by their order along ${name}. ${sure}`;
  const title = `Rows along ${name}`;
  return {
    ...{ id: `axis-${j + 1}`, name: title, reading },
    svg: stripChart({
      ...{ id: `axis-${j + 1}`, width: WIDE, title, description: reading },
      ...{ rows, xTitle: `projection on ${name}` },
    }),
  };
}

/** So many of the rows, evenly by their order, both ends among them. */
function evenly<T>(rows: readonly T[]): readonly T[] {
  const shown = Math.min(STRIP, rows.length);
  const step = (rows.length - 1) / Math.max(1, shown - 1);
  return Array.from({ length: shown }, (_, i) => rows[Math.round(i * step)]);
}

const ranged = ({ low, high }: Between) => `${fixed(low, 3)} to ${fixed(high, 3)}`;

function orderTable({ explained: { heldOut, given } }: AxisReportData, to: Numbering): string {
  const found = heldOut ?? given;
  if (!found) return '';
  const caption = to.caption(
    heldOut
      ? `Rank correlation (Spearman) on rows held out, ${heldOut.folds} parts of ${count(heldOut.rows)} rows.`
      : 'Rank correlation (Spearman) with scores that the axis was not fitted to.',
  );
  const rows = [
    ['this axis', `<b>${fixed(found.spearman.value, 3)}</b>`, ranged(found.spearman)],
    ['95 of 100 random directions stay below', fixed(found.null, 3), NONE],
  ];
  if (heldOut) {
    const { neighbors, kernel } = heldOut.ceilings;
    rows.push(['ceiling: mean of ten neighbours', fixed(neighbors, 3), NONE]);
    if (!Number.isNaN(kernel)) rows.push(['ceiling: kernel ridge', fixed(kernel, 3), NONE]);
  }
  const columns = [
    { head: 'Order by' },
    { head: 'Spearman', kind: 'number' },
    { head: '95 % interval', kind: 'number' },
  ] as const;
  return table(caption, columns, rows);
}

/** How the order grows with the rows that the axis is fitted to. */
function fewFigure({ explained: { heldOut } }: AxisReportData, to: Numbering): string {
  if (!heldOut || heldOut.few.length < 2) return '';
  const x = heldOut.few.map(({ k }) => k);
  const about = {
    id: 'few-rows',
    title: 'Few rows',
    description:
      'Rank correlation on rows held out by the number of rows that the axis is fitted to.',
  };
  const svg = lineChart({
    ...{ ...about, width: WIDE, height: 260, logX: true },
    ...{ xTitle: 'rows that the axis is fitted to', yTitle: 'Spearman, rows held out' },
    lines: [
      { kind: 'after', label: 'drawn', x, y: heldOut.few.map(({ spearman }) => spearman.value) },
    ],
    reference: { label: 'all rows', y: heldOut.spearman.value },
  });
  return to.figure({ id: about.id, name: about.title, reading: about.description, svg });
}

function notes(warnings: readonly string[]): string {
  if (warnings.length === 0) return '';
  return `<ul>${warnings.map((text) => `<li>${escaped(text)}</li>`).join('')}</ul>`;
}
