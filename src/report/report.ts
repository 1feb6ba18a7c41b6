import type { ReportData, SphereSample } from './contract.ts';
import { escaped, scriptJson, shownLabel } from './escape.ts';
import {
  baselinesFigure,
  type Figure,
  figureHtml,
  lossFigure,
  nearestFigure,
  pairwiseFigure,
  saveButton,
  spectrumFigure,
  sphereReading,
  sphereSheet,
} from './figures.ts';
import { count, duration } from './format.ts';
import { pageScript, SPHERE_DATA_ID } from './page/script.ts';
import { hubsReading, neighborsReading, summary } from './readings.ts';
import { sphereData } from './sphere-data.ts';
import { STYLE } from './style.ts';
import { baselinesTable, comparisonTable, hubsTable, neighborsTable } from './tables.ts';

/**
 * The whole report as one HTML page: it opens from a file, loads nothing, and prints as figures and
 * tables of a paper. The same data gives the same bytes.
 */
export function reportHtml(data: ReportData): string {
  const nextFigure = counter(1);
  const nextTable = counter(2);
  const numbered = (figure: Figure | undefined) => (figure ? figureHtml(figure, nextFigure()) : '');
  const captioned = (reading: string) =>
    `<p><b class="kicker">Table ${nextTable()}.</b> ${escaped(reading)}</p>`;
  const { pairwise, nearest, sphere, loss, baselines, neighbors, hubs } = data;
  const angles = [
    pairwise ? numbered(pairwiseFigure(pairwise, data.n)) : '',
    nearest ? numbered(nearestFigure(nearest)) : '',
  ];
  const globe = sphere ? sphereSection(data, sphere, nextFigure()) : '';
  const insides = [numbered(spectrumFigure(data)), loss ? numbered(lossFigure(loss)) : ''];
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data: blob:; base-uri 'none'; form-action 'none'">
<meta name="generator" content="${escaped(versionsOf(data))}">
<link rel="icon" href="data:,">
<title>${escaped(data.title)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<header>
<p class="kicker">Tammes: the geometry of an embedding space</p>
<h1>${escaped(data.title)}</h1>
${facts(data)}
<p class="lead">${escaped(summary(data))}</p>
</header>
${comparisonTable(data)}
${section('Angles', `<div class="figures">${angles.join('\n')}</div>`, angles)}
${globe}
${section('Directions and descent', `<div class="figures">${insides.join('\n')}</div>`, insides, loss ? undefined : 'Directions')}
${baselines ? section('Does it keep its meaning?', `<div class="figures">${numbered(baselinesFigure(baselines))}</div>${captioned(`${baselines.score}: each set, and the mean over them.${baselines.note ? ` ${baselines.note}` : ''}`)}${baselinesTable(baselines)}`) : ''}
${neighbors && neighbors.rows.length > 0 ? section('Whose neighbours changed most', `${captioned(neighborsReading(neighbors))}${neighborsTable(neighbors)}`) : ''}
${hubs ? section('Hubs', `${captioned(hubsReading(hubs))}${hubsTable(hubs)}`) : ''}
${recipeSection(data)}
${notesSection(data)}
${footer(data)}
</main>
${sphere ? `<script type="application/json" id="${SPHERE_DATA_ID}">${scriptJson(sphereData(sphere))}</script>` : ''}
<script>${pageScript()}</script>
</body>
</html>
`;
}

/** Counts up from `first` at every call. */
function counter(first: number): () => number {
  let next = first;
  return () => next++;
}

function section(
  title: string,
  content: string,
  parts: readonly string[] = [content],
  other: string = title,
): string {
  if (parts.every((part) => part === '')) return '';
  return `<section><h2>${escaped(other)}</h2>${content}</section>`;
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

function sphereSection(data: ReportData, sphere: SphereSample, number: number): string {
  const reading = sphereReading(sphere, data.n, data.d);
  const share = sphere.after
    ? `<div class="share">
<button type="button" class="before" data-share="0" aria-pressed="true">before</button>
<input type="range" min="0" max="100" value="0" aria-label="From before to after, in percent">
<button type="button" class="after" data-share="1" aria-pressed="false">after</button></div>`
    : '';
  return `<section><h2>The points on a sphere</h2>
<figure class="wide">
<div class="globe" id="sphere">
<canvas id="sphere-canvas" tabindex="0" role="application" aria-label="Points on a sphere. Arrow keys turn it, Home brings the first view back." aria-describedby="sphere-caption"></canvas>
<div class="controls">
${share}
<input type="search" placeholder="Find a label" aria-label="Find a label" autocomplete="off" spellcheck="false">
<output aria-live="polite"></output>
<p class="hint">Drag to turn, or use the arrow keys. Point at a dot for its label. Pale dots are behind.</p>
</div>
</div>
<div class="sheet">${sphereSheet(sphere, reading)}</div>
<noscript><style>.globe { display: none; } .sheet { display: block; }</style></noscript>
<figcaption id="sphere-caption"><span class="name">Figure ${number}. A sample of the points.</span> ${escaped(reading)}${saveButton('sphere-canvas', 'PNG')}${saveButton('sphere-sheet', 'SVG')}</figcaption>
</figure></section>`;
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
<p>${escaped(versionsOf(data))}</p></footer>`;
}

function versionsOf({ versions }: ReportData): string {
  return Object.entries(versions)
    .map(([name, version]) => `${name} ${version}`)
    .join(', ');
}
