import { escaped } from '../../../core/text.ts';
import type { ProjectionId } from '../../../view/projections/index.ts';
import { scriptJson } from '../escape.ts';
import type { CloudFigure, CloudPanel } from './contract.ts';
import { CLOUD_DATA_ID, cloudData } from './data.ts';
import { legendHtml } from './legend.ts';
import { ratioOf, stillSvg } from './still.ts';

/** What a view of the points is called, and what it keeps. */
const PROJECTIONS: Readonly<Record<ProjectionId, readonly [name: string, about: string]>> = {
  plane: ['Map', 'The map as it is.'],
  disk: ['Disk', 'The Poincaré disk.'],
  globe: ['Globe', 'The sphere seen from afar; pale points are behind.'],
  lambert: ['Lambert', 'The whole sphere, areas kept; the far side is the rim.'],
  mollweide: ['Mollweide', 'The whole sphere, areas kept, east to the right.'],
  stereographic: ['Stereographic', 'Angles kept; the far pole is at infinity.'],
  slice: [
    'Great circle',
    'Each point at its angle along a great circle, the farther off the farther it lies from it.',
  ],
};

/** The figure: the view where scripts run, pictures of it on paper and elsewhere. */
export function cloudFigureHtml(figure: CloudFigure, number: number): string {
  const { id, name, reading, panels } = figure;
  const several = panels.length > 1;
  const parts = panels.map((panel, i) => panelHtml(figure, panel, i));
  return `<figure class="cloud${several ? ' several' : ''}" id="${id}" data-cloud="${id}">
<div class="board">
${parts.join('\n')}
<div class="side">${legendHtml(figure)}${controlsHtml(figure)}</div>
</div>
<figcaption id="${id}-caption"><span class="name">Figure ${number}. ${escaped(name)}.</span> ${escaped(reading)}</figcaption>
</figure>`;
}

function panelHtml(figure: CloudFigure, panel: CloudPanel, i: number): string {
  const ratio = ratioOf(figure, panel);
  const title =
    figure.panels.length > 1 ? `<p class="panel-title">${escaped(panel.title)}</p>` : '';
  const save = (format: string) =>
    `<button type="button" class="tool live" data-picture="${format}">Save ${format.toUpperCase()}</button>`;
  return `<div class="panel" data-panel="${i}">${title}
<div class="stage ${figure.dims === 3 ? 'sphere' : 'plane'}" style="--ratio:${Math.round(1000 / ratio) / 1000}"></div>
<div class="sheet">${stillSvg(figure, panel, `${figure.id}-still-${i + 1}`)}</div>
${save('svg')}${save('png')}</div>`;
}

function controlsHtml({ panels, projections, dims }: CloudFigure): string {
  const share = panels.some(({ after }) => after)
    ? `<div class="share">
<button type="button" class="before" data-share="0" aria-pressed="true">before</button>
<input type="range" min="0" max="100" value="0" aria-label="From before to after, in percent">
<button type="button" class="after" data-share="1" aria-pressed="false">after</button></div>`
    : '';
  const views =
    projections.length > 1
      ? `<div class="projections" role="group" aria-label="How the sphere is seen">${projections
          .map((id, i) => {
            const [name, about] = PROJECTIONS[id];
            return `<button type="button" data-projection="${id}" title="${escaped(about)}" aria-pressed="${i === 0}">${name}</button>`;
          })
          .join('')}</div>
<p class="hint" data-about>${escaped(PROJECTIONS[projections[0]][1])}</p>`
      : '';
  const move = dims === 3 ? 'Drag to turn' : 'Drag to move';
  return `<div class="controls live">
${share}${views}
<input type="search" placeholder="Find a label" aria-label="Find a label" autocomplete="off" spellcheck="false">
<output aria-live="polite"></output>
<p class="hint">${move}; click a dot to keep its name; two clicks go closer. Once clicked, or with Ctrl, the wheel zooms.</p>
</div>`;
}

/** The points of all figures for the page's script; nothing where there are none. */
export function cloudScript(figures: readonly CloudFigure[]): string {
  if (figures.length === 0) return '';
  const data = Object.fromEntries(figures.map((figure) => [figure.id, cloudData(figure)]));
  return `<script type="application/json" id="${CLOUD_DATA_ID}">${scriptJson(data)}</script>\n`;
}
