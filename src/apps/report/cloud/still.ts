import type { Size } from '../../../view/camera.ts';
import type { Cloud } from '../../../view/cloud.ts';
import { drawnSvg } from '../../../view/drawn-svg.ts';
import { fitted } from '../../../view/fit.ts';
import { categorical } from '../../../view/palettes/categorical.ts';
import { element, picture, text } from '../charts/svg.ts';
import { SERIES, theme } from '../charts/theme.ts';
import type { CloudFigure, CloudMark, CloudPanel } from './contract.ts';
import { extent } from './data.ts';
import { firstLabels } from './named.ts';
import { pointSize } from './point-size.ts';
import { seriesPalette } from './series-palette.ts';
import { shadedClasses } from './shaded-classes.ts';

const GLOBE = 440;
const PAIR = 320;
const WIDE = 600;
const HALF = 440;
const GAP = 24;

/** How high a picture of the panel is, by its width: a map as the points ask for, between half and all of it. */
export function ratioOf({ dims }: CloudFigure, { positions }: CloudPanel): number {
  if (dims === 3) return 1;
  const [x, y] = [extent(positions, 0), extent(positions, 1)];
  const ratio = x.high > x.low ? (y.high - y.low) / (x.high - x.low) : 1;
  return Math.max(0.55, Math.min(1, ratio));
}

/** A panel for paper and for readers without scripts, drawn by the view; before and after side by side. */
export function stillSvg(figure: CloudFigure, panel: CloudPanel, id: string): string {
  const size = sizeOf(figure, panel);
  const states = panel.after ? (['before', 'after'] as const) : ([undefined] as const);
  const about = { id, title: figure.name, description: figure.reading };
  const width = states.length * (size.width + GAP) - GAP;
  const height = size.height + (panel.after ? GAP : 0);
  return picture(
    { ...about, width, height },
    ...states.map((state, i) => {
      const x = i * (size.width + GAP);
      const drawing = drawingOf(figure, panel, size, state ?? 'after');
      const name = text(x + size.width / 2, size.height + 16, state ?? '', {
        ...{ anchor: 'middle', weight: 600 },
        color: SERIES[state ?? 'after'].color,
      });
      return element('g', { transform: `translate(${x} 0)` }, drawing) + (state ? name : '');
    }),
  );
}

function sizeOf(figure: CloudFigure, panel: CloudPanel): Size {
  const projection = stillOf(figure);
  const globe = panel.after ? PAIR : GLOBE;
  if (projection === 'globe') return { width: globe, height: globe };
  const width = figure.panels.length > 1 ? HALF : WIDE;
  const ratio = projection === 'mollweide' ? 0.5 : ratioOf(figure, panel);
  return { width, height: Math.round(width * ratio) };
}

const stillOf = ({ still, projections }: CloudFigure) => still ?? projections[0];

function drawingOf(
  figure: CloudFigure,
  panel: CloudPanel,
  size: Size,
  state: 'before' | 'after',
): string {
  const { dims, labels, landmarks, classes, marks = [] } = figure;
  const positions = (state === 'after' ? panel.after : undefined) ?? panel.positions;
  const shaded = shadedClasses(labels.length, classes);
  const cloud: Cloud = { positions, dims, shades: shaded.shades };
  const color = hexOf(theme[state]);
  return drawnSvg(cloud, fitted(cloud, size, stillOf(figure)), size, {
    palette: classes ? categorical('light') : seriesPalette('light', color, color, 0),
    labels: firstLabels(positions, dims, shaded, { labels, landmarks }),
    marks: rowsOf(marks, 'ring'),
    squares: rowsOf(marks, 'square'),
    settings: { pointSize: pointSize(labels.length, size) },
  });
}

const rowsOf = (marks: readonly CloudMark[], shape: CloudMark['shape']) =>
  marks.filter((mark) => mark.shape === shape).flatMap(({ rows }) => rows);

/** The color that a variable of the theme has on paper. */
function hexOf(variable: string): string {
  return /#[0-9a-f]{6}/.exec(variable)?.[0] ?? '#000000';
}
