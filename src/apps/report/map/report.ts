import { escaped } from '../../../core/text.ts';
import { labelHtml, shownName } from '../escape.ts';
import { count, duration, NONE, significant } from '../format.ts';
import { type Numbering, numbering, pageHtml, section, versionsText } from '../page-shell.ts';
import { type Column, table } from '../tables.ts';
import { type MapReportData, QUALITY_NUMBERS, QUALITY_WORDS } from './contract.ts';
import { mapFigure } from './figures.ts';
import { askedSentence, shownNumber, shownRange } from './quality-table.ts';

const WORST = 15;

/** The report of a map as one HTML page that loads nothing. The same data gives the same bytes. */
export function mapReportHtml(data: MapReportData): string {
  const to = numbering();
  const map = mapFigure(data);
  const versions = versionsText(data.versions);
  const body = [
    header(data),
    section('The map', to.points(map)),
    section('What it keeps', qualityTable(data, to)),
    section('Badly placed rows', worstTable(data, to)),
    section('The fit', factsTable(data)),
    section('Notes', notes(data)),
    `<footer><p>${escaped(versions)}</p></footer>`,
  ];
  return pageHtml({ title: titleOf(data), generator: versions, body, clouds: [map] });
}

function titleOf({ name, method }: MapReportData): string {
  return `${shownName(name)}: ${method}`;
}

function header(data: MapReportData): string {
  const { name, method, n, d, dim, engine, seconds, quality } = data;
  const facts = [
    `${count(n)} × ${count(d)} to ${count(dim)} columns`,
    `${escaped(engine)} engine`,
    duration(seconds),
  ];
  return `<header>
<p class="kicker">Tammes: a map, and what it keeps</p>
<h1><bdi>${escaped(shownName(name))}</bdi></h1>
<p class="facts">${escaped(method)} · ${facts.join(' · ')}</p>
<p class="lead">${escaped(leadOf(quality))}</p>
</header>`;
}

function leadOf({ neighborRecall10, trustworthiness }: MapReportData['quality']): string {
  const { value: recall, null: chance } = neighborRecall10;
  if (recall === null) return 'Too few rows to say what the map keeps of their neighbours.';
  const kept = `Of a row’s 10 nearest, ${tenths(recall)} are among its 10 nearest in the map`;
  const random = chance ? `; in a random map, ${tenths(chance.value)}` : '';
  const trust = trustworthiness.value;
  const seen =
    trust === null
      ? ''
      : ` Neighbours seen in the map are true to ${shownNumber(trust)} (1 is best, a random map has ${shownNumber(trustworthiness.null?.value ?? null)}).`;
  return `${kept}${random}.${seen}`;
}

function tenths(share: number): string {
  return significant(10 * share, 2);
}

function qualityTable({ quality, n, dim }: MapReportData, to: Numbering): string {
  const caption = to.caption(
    `What the map keeps, of all its ${dim} ${dim === 1 ? 'column' : 'columns'}, each number with its 95 % interval beside what a random map (permuted rows) has. ${askedSentence(quality, n)}`,
  );
  const columns: Column[] = [
    { head: 'Number' },
    { head: 'Value', kind: 'number' },
    { head: '95 % interval', kind: 'number' },
    { head: 'Random map', kind: 'number' },
  ];
  const rows = QUALITY_NUMBERS.map((name) => {
    const { value, low, high, null: law } = quality[name];
    const { title, summary } = QUALITY_WORDS[name];
    const range = shownRange(law?.low, law?.high);
    const random = law
      ? `<span title="${escaped(law.how)}">${shownNumber(law.value)}</span>${range && `<small>${range}</small>`}`
      : NONE;
    return [
      `${escaped(title)}<small>${escaped(summary)}</small>`,
      `<b>${shownNumber(value)}</b>`,
      shownRange(low, high) || NONE,
      random,
    ];
  });
  return table(caption, columns, rows);
}

function worstTable({ distortion, askedLabels }: MapReportData, to: Numbering): string {
  if (!distortion) return '';
  const { rows, k, falseNeighbors, missingNeighbors } = distortion;
  const loss = (q: number) => falseNeighbors[q] + missingNeighbors[q];
  const worst = Array.from(rows.keys())
    .filter((q) => loss(q) > 0)
    .sort((p, q) => loss(q) - loss(p) || p - q)
    .slice(0, WORST);
  if (worst.length === 0) return '';
  const caption = to.caption(
    `The rows that lie worst, of ${count(rows.length)} looked at: how far from true their ${k} neighbours in the map are, and how far away their ${k} nearest went; 0 is best, about ½ random, 1 the farthest rows.`,
  );
  const columns: Column[] = [
    { head: 'Row' },
    { head: 'False neighbours', kind: 'number' },
    { head: 'Missing neighbours', kind: 'number' },
  ];
  return table(
    caption,
    columns,
    worst.map((q) => [
      labelHtml(askedLabels[q]),
      shownNumber(falseNeighbors[q]),
      shownNumber(missingNeighbors[q]),
    ]),
  );
}

function factsTable({ facts }: MapReportData): string {
  const entries = Object.entries(facts);
  if (entries.length === 0) return '';
  return `<dl>${entries
    .map(
      ([name, value]) =>
        `<dt>${escaped(name)}</dt><dd>${Number.isInteger(value) ? count(value) : significant(value, 4)}</dd>`,
    )
    .join('')}</dl>`;
}

function notes({ warnings }: MapReportData): string {
  if (warnings.length === 0) return '';
  return `<ul>${warnings.map((text) => `<li>${escaped(text)}</li>`).join('')}</ul>`;
}
