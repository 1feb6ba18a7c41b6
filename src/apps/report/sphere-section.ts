import { escaped } from '../../core/text.ts';
import { sphereChart } from './charts/sphere.ts';
import type { ReportData, SphereSample } from './contract.ts';
import { scriptJson } from './escape.ts';
import { saveButton } from './figures.ts';
import { count, percent } from './format.ts';
import { SPHERE_DATA_ID } from './page/script.ts';
import { sphereData } from './sphere-data.ts';

/** The figure that can be turned; on paper and without scripts, two globes in its place. */
export function sphereSection(data: ReportData, sphere: SphereSample, number: number): string {
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
<figcaption id="sphere-caption"><span class="name">Figure ${number}. A sample of the points.</span> ${escaped(reading)}</figcaption>
${saveButton('sphere-canvas', 'PNG')}${saveButton('sphere-sheet', 'SVG')}
</figure></section>`;
}

/** The points for the page's script. */
export function sphereScript(sphere: SphereSample): string {
  const json = scriptJson(sphereData(sphere));
  return `<script type="application/json" id="${SPHERE_DATA_ID}">${json}</script>\n`;
}

/** The two globes for print and for readers without scripts. */
function sphereSheet(sample: SphereSample, description: string): string {
  const { labels, landmarks, turn } = sphereData(sample);
  return sphereChart({
    id: 'sphere-sheet',
    title: 'The points on a sphere',
    description,
    turn,
    landmarks: landmarks.map((row) => ({ row, label: labels[row] })),
    panels: [
      {
        kind: sample.after ? 'before' : 'after',
        label: sample.after ? 'before' : 'measured',
        points: sample.before,
      },
      ...(sample.after ? [{ kind: 'after' as const, label: 'after', points: sample.after }] : []),
    ],
  });
}

function sphereReading(sample: SphereSample, n: number, d: number): string {
  const shown = count(sample.labels.length);
  if (d === 3 && sample.labels.length === n) return `All ${shown} points where they are.`;
  const { keptBefore, keptAfter } = sample;
  const kept =
    keptBefore === undefined
      ? ''
      : keptAfter === undefined
        ? ` That keeps ${percent(keptBefore)} of their squared length`
        : ` That keeps ${percent(keptBefore)} of their squared length before and ${percent(keptAfter)} after`;
  const warning = `angles here are not those in ${d} dimensions`;
  const head = `${shown} of ${count(n)} points, seen along ${sample.projection} and drawn at unit length.`;
  return kept === '' ? `${head} Mind: ${warning}.` : `${head}${kept}: ${warning}.`;
}
