import { escaped } from '../../../core/text.ts';
import type { Evidence, ParityResult } from '../../parity/index.ts';
import { labelHtml, shownName } from '../escape.ts';
import { count, duration, fixed, NONE, significant } from '../format.ts';
import { type Numbering, numbering, pageHtml, pair, section, versionsText } from '../page-shell.ts';
import { type Column, table } from '../tables.ts';
import type { CompareReportData, ComparisonLine } from './contract.ts';
import { cosineFigure, overlapFigure, spectraFigure } from './figures.ts';

/**
 * The report of a comparison as one HTML page: it opens from a file, loads nothing, and prints as
 * figures and tables of a paper. The same data gives the same bytes.
 */
export function compareReportHtml(data: CompareReportData): string {
  const to = numbering();
  const { pictures } = data;
  const { cosines, overlap } = pictures;
  const body = [
    header(data),
    data.parity ? paritySection(data.parity) : '',
    section('The numbers', numbersTable(data.lines, to)),
    section(
      'Pictures',
      pair(
        cosines ? to.figure(cosineFigure(cosines)) : '',
        overlap ? to.figure(overlapFigure(overlap)) : '',
        to.figure(spectraFigure(pictures.spectra)),
      ),
    ),
    movedSection(data, to),
    data.parity ? evidenceSection(data.parity, to) : '',
    notesSection(data),
    `<footer><p>${escaped(versionsText(data.versions))}</p></footer>`,
  ];
  return pageHtml({ title: titleOf(data), generator: versionsText(data.versions), body });
}

function titleOf({ nameA, nameB }: CompareReportData): string {
  return `${shownName(nameA)} and ${shownName(nameB)}`;
}

function header(data: CompareReportData): string {
  const { nameA, nameB, nA, nB, dA, dB, engine, seconds } = data;
  const facts = [
    `<span class="before">A</span>: <bdi>${escaped(shownName(nameA))}</bdi>, ${count(nA)} × ${count(dA)}`,
    `<span class="after">B</span>: <bdi>${escaped(shownName(nameB))}</bdi>, ${count(nB)} × ${count(dB)}`,
    `${escaped(engine)} engine`,
    duration(seconds),
  ];
  return `<header>
<p class="kicker">Tammes: how alike two embedding spaces are</p>
<h1>${escaped(titleOf(data))}</h1>
<p class="facts">${facts.join(' · ')}</p>
<p class="lead">${escaped(data.sentence)}</p>
<p>${escaped(data.matching)}</p>
</header>`;
}

const COLUMNS: readonly Column[] = [
  { head: 'Number' },
  { head: 'Value', kind: 'number' },
  { head: '95 % interval', kind: 'number optional' },
  { head: 'Unrelated', kind: 'number' },
  { head: 'Alike is', kind: 'number optional' },
];

function numbersTable(lines: readonly ComparisonLine[], to: Numbering): string {
  const caption = to.caption(
    'Each number with its 95 % interval, beside what it is for unrelated rows (for two sets: rows of one law), where 95 % of such values lie, and the probability of one at least as alike.',
  );
  return table(caption, COLUMNS, lines.map(numberCells));
}

function numberCells(line: ComparisonLine): string[] {
  const { title, summary, kind, value, low, high, null: none, warnings } = line;
  const notes = [summary, ...warnings].map((text) => `<small>${escaped(text)}</small>`).join('');
  const law = [
    range(none?.low, none?.high),
    none?.pValue === undefined ? '' : probability(none.pValue),
  ].filter((text) => text !== '');
  const small = law.length > 0 ? `<small>${law.join('; ')}</small>` : '';
  const expected = none ? `<span title="${escaped(none.how)}">${number(none.value)}</span>` : NONE;
  return [
    `${escaped(title)}${notes}`,
    `<b>${number(value)}</b>`,
    range(low, high) || NONE,
    expected + small,
    kind === 'similarity' ? 'large, at most 1' : 'small, at least 0',
  ];
}

function number(value: number | null): string {
  if (value === null) return NONE;
  return Math.abs(value) < 0.00005 ? '0' : significant(value, 3);
}

function range(low: number | null | undefined, high: number | null | undefined): string {
  if (low === null || low === undefined || high === null || high === undefined) return '';
  return `${number(low)} to ${number(high)}`;
}

function probability(p: number): string {
  return p < 0.0001 ? 'p &#60; 0.0001' : `p = ${fixed(p, p < 0.01 ? 4 : 2)}`;
}

function paritySection({ verdict, sentence, fix }: ParityResult): string {
  const text = `<p><b>${escaped(verdict)}</b>: ${escaped(sentence)}</p>`;
  return section('Parity', `${text}<p>What helps: ${escaped(fix)}.</p>`);
}

function evidenceSection({ evidence }: ParityResult, to: Numbering): string {
  const caption = to.caption(
    'The tests in the order in which they were asked, up to the one that decided: a number, and the bound that it was held to.',
  );
  const cells = evidence.map(({ meaning, value, bound, operator, holds }: Evidence) => [
    escaped(meaning),
    value === null ? NONE : significant(value, 4),
    `${operator === '>=' ? '≥' : '≤'} ${Number(bound.toPrecision(6))}`,
    holds ? 'yes' : 'no',
  ]);
  const columns: Column[] = [
    { head: 'What was looked at' },
    { head: 'Value', kind: 'number' },
    { head: 'Bound', kind: 'number' },
    { head: 'Holds', kind: 'number' },
  ];
  return section('What the parity verdict rests on', table(caption, columns, cells));
}

function movedSection({ pictures: { moved } }: CompareReportData, to: Numbering): string {
  if (!moved || moved.rows.length === 0) return '';
  const caption = to.caption(
    `The rows that keep fewest of their ${moved.k} nearest neighbours, of ${count(moved.among)} looked at: not typical ones. Italics are neighbours in A only, bold in B only.`,
  );
  const list = (labels: readonly string[], others: readonly string[], kind: string) =>
    labels
      .map((l) => `<span class="${others.includes(l) ? 'kept' : kind}">${labelHtml(l)}</span>`)
      .join(', ');
  const columns: Column[] = [
    { head: 'Row' },
    { head: 'Nearest in A' },
    { head: 'Nearest in B' },
    { head: 'Shared', kind: 'number' },
  ];
  const rows = moved.rows.map(({ label, a, b, overlap }) => [
    `<b>${labelHtml(label)}</b>`,
    list(a, b, 'lost'),
    list(b, a, 'gained'),
    `${overlap} of ${moved.k}`,
  ]);
  return section('Rows that moved most', table(caption, columns, rows));
}

function notesSection({ warnings }: CompareReportData): string {
  if (warnings.length === 0) return '';
  return section(
    'Notes',
    `<ul>${warnings.map((text) => `<li>${escaped(text)}</li>`).join('')}</ul>`,
  );
}
