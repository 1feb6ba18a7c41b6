import { escaped } from '../../core/text.ts';
import type { ReportData } from './contract.ts';
import { shownLabel } from './escape.ts';
import {
  baselinesFigure,
  lossFigure,
  nearestFigure,
  pairwiseFigure,
  spectrumFigure,
} from './figures.ts';
import { count, duration } from './format.ts';
import { findingsHtml, metricSections } from './metric-sections.ts';
import { type Numbering, numbering, pageHtml, pair, section, versionsText } from './page-shell.ts';
import { hubsReading, neighborsReading, summary } from './readings.ts';
import { sphereFigure } from './sphere/figure.ts';
import { baselinesTable, comparisonTable, hubsTable, neighborsTable } from './tables.ts';

/**
 * The whole report as one HTML page: it opens from a file, loads nothing, and prints as figures and
 * tables of a paper. The same data gives the same bytes.
 */
export function reportHtml(data: ReportData): string {
  const to = numbering();
  const sphere = data.sphere && sphereFigure(data, data.sphere);
  const body = [
    header(data),
    data.findings ? section('What the doctor found', findingsHtml(data.findings)) : '',
    comparisonTable(to.caption(comparisonCaption(data)), data),
    anglesSection(data, to),
    sphere ? section('The points on a sphere', to.points(sphere)) : '',
    directionsSection(data, to),
    baselinesSection(data, to),
    neighborsSection(data, to),
    data.hubs ? section('Hubs', hubsTable(to.caption(hubsReading(data.hubs)), data.hubs)) : '',
    ...metricsSections(data, to),
    recipeSection(data),
    notesSection(data),
    footer(data),
  ];
  return pageHtml({
    title: data.title,
    generator: versionsText(data.versions),
    body,
    clouds: sphere ? [sphere] : [],
  });
}

function header(data: ReportData): string {
  return `<header>
<p class="kicker">Tammes: the geometry of an embedding space</p>
<h1>${escaped(data.title)}</h1>
${facts(data)}
<p class="lead">${escaped(summary(data))}</p>
</header>`;
}

function comparisonCaption({ after }: ReportData): string {
  return `The geometry of the points${after ? ' before and after' : ''}, beside uniform random points of the same number and dimension; below each uniform value, where 95 % of such point sets lie.`;
}

function anglesSection({ pairwise, nearest, n }: ReportData, to: Numbering): string {
  const figures = pair(
    pairwise ? to.figure(pairwiseFigure(pairwise, n)) : '',
    nearest ? to.figure(nearestFigure(nearest)) : '',
  );
  return section('Angles', figures);
}

function directionsSection(data: ReportData, to: Numbering): string {
  const spectrum = to.figure(spectrumFigure(data));
  const loss = data.loss ? to.figure(lossFigure(data.loss)) : '';
  const title = loss === '' ? 'Directions' : spectrum === '' ? 'The run' : 'Directions and the run';
  return section(title, pair(spectrum, loss));
}

function baselinesSection({ baselines }: ReportData, to: Numbering): string {
  if (!baselines || baselines.treatments.length === 0) return '';
  const note = baselines.note ? ` ${baselines.note}` : '';
  const caption = to.caption(`${baselines.score} on each set, and the mean over them.${note}`);
  const figure = pair(to.figure(baselinesFigure(baselines)));
  return section('Beside other treatments', figure + baselinesTable(caption, baselines));
}

function neighborsSection({ neighbors }: ReportData, to: Numbering): string {
  if (!neighbors || neighbors.rows.length === 0) return '';
  const caption = to.caption(neighborsReading(neighbors));
  return section('Whose neighbours changed most', neighborsTable(caption, neighbors));
}

function metricsSections({ metrics = [] }: ReportData, to: Numbering): string[] {
  return metricSections(metrics).map(({ title, meaning, table, caption, details, figures }) => {
    const head = `<p>${escaped(meaning)}</p>`;
    const numbers = table(to.caption(caption));
    return section(
      title,
      head + numbers + details.join('\n') + pair(...figures.map((figure) => to.figure(figure))),
    );
  });
}

function facts(data: ReportData): string {
  const parts = [
    `<bdi>${escaped(shownLabel(data.source))}</bdi>`,
    `${count(data.n)} rows × ${count(data.d)} dimensions`,
    ...(data.treatment ? [escaped(data.treatment)] : []),
    `${escaped(data.engine)} engine`,
    duration(data.seconds),
  ];
  return `<p class="facts">${parts.join(' · ')}</p>`;
}

function recipeSection({ recipe }: ReportData): string {
  if (recipe === undefined) return '';
  const json = JSON.stringify(recipe, null, 2) ?? 'null';
  return section('Recipe', `<p>This repeats the run.</p><pre><code>${escaped(json)}</code></pre>`);
}

function notesSection({ notes }: ReportData): string {
  if (!notes || notes.length === 0) return '';
  return section('Notes', `<ul>${notes.map((note) => `<li>${escaped(note)}</li>`).join('')}</ul>`);
}

const PAPERS = [
  ['Dispersion on the sphere', 'Tokarchuk, Bakker, Niculae 2025', 'arxiv.org/abs/2502.08231'],
  ['Uniformity', 'Wang, Isola 2020', 'arxiv.org/abs/2005.10242'],
  ['Effective rank', 'Garrido and others 2023', 'arxiv.org/abs/2210.02885'],
  ['Hubness', 'Radovanović, Nanopoulos, Ivanović 2010', 'jmlr.org/papers/v11/radovanovic10a.html'],
];

function footer(data: ReportData): string {
  const papers = PAPERS.map(
    ([what, who, where]) => `${what}: <a href="https://${where}" rel="noreferrer">${who}</a>`,
  );
  return `<footer><p>Angles and all numbers use rows scaled to unit length. ${papers.join('. ')}.</p>
<p>${escaped(versionsText(data.versions))}</p></footer>`;
}
