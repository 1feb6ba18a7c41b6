import type { Size } from './camera.ts';
import type { Placement } from './placement.ts';

/** A text for a row; the larger the weight, the earlier it is shown. */
export interface Label {
  readonly row: number;
  readonly text: string;
  readonly weight?: number | undefined;
  /** Whether it names more than its row: a region. It is drawn bolder. */
  readonly isRegion?: boolean | undefined;
}

/** A label that is shown: the middle of its text in the picture, and how large it is. */
export interface ShownLabel extends Label {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/**
 * Which labels are shown: the heaviest first, then the lower row, each where it does not touch one before it. Zooming in
 * moves points apart, so more of them are shown. `placement` has the places of the labels' rows, in their order.
 */
export function shownLabels(
  labels: readonly Label[],
  { x, y, depth }: Placement,
  { width, height }: Size,
  fontSize: number,
  most = 60,
): readonly ShownLabel[] {
  const order = labels
    .map((_, at) => at)
    .filter((at) => depth[at] >= 0 && x[at] >= 0 && x[at] <= width && y[at] >= 0 && y[at] <= height)
    .toSorted(
      (a, b) => (labels[b].weight ?? 0) - (labels[a].weight ?? 0) || labels[a].row - labels[b].row,
    );
  const shown: ShownLabel[] = [];
  for (const at of order) {
    if (shown.length === most) break;
    const label = { ...labels[at], ...boxOf(labels[at].text, x[at], y[at], fontSize) };
    if (fits(label, width, height) && shown.every((other) => areApart(label, other, fontSize)))
      shown.push(label);
  }
  return shown;
}

/** The box of a text above its point, rather too wide. */
function boxOf(text: string, x: number, y: number, fontSize: number) {
  let units = 0;
  for (const c of text) units += "iljtfr.,:;|!()' ".includes(c) ? 0.34 : c > '\u2e7f' ? 1 : 0.58;
  return { x, y: y - fontSize, width: units * fontSize, height: 1.2 * fontSize };
}

function fits({ x, y, width, height }: ShownLabel, right: number, bottom: number): boolean {
  return (
    x - width / 2 >= 0 && x + width / 2 <= right && y - height / 2 >= 0 && y + height / 2 <= bottom
  );
}

function areApart(a: ShownLabel, b: ShownLabel, fontSize: number): boolean {
  const gap = fontSize / 3;
  return (
    Math.abs(a.x - b.x) >= (a.width + b.width) / 2 + gap ||
    Math.abs(a.y - b.y) >= (a.height + b.height) / 2
  );
}
