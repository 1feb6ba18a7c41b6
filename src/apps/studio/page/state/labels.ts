import type { TammesView } from '../../../../view/element.ts';
import type { Label } from '../../../../view/labels.ts';

/** So many labels compete for room; the view shows those that fit. */
const MOST = 1500;
const LONGEST = 28;

/** Labels of rows that are seen: the fewer there are, the more of them; which of many is the same every time. */
export function labelsInView(view: TammesView, labels: readonly string[]): readonly Label[] {
  const placement = view.placement();
  if (!placement || labels.length === 0) return [];
  const { width, height } = view.getBoundingClientRect();
  const ratio = globalThis.devicePixelRatio || 1;
  const { x, y, depth } = placement;
  const seen: number[] = [];
  for (let row = 0; row < x.length; row++)
    if (
      depth[row] >= 0 &&
      x[row] >= 0 &&
      x[row] <= width * ratio &&
      y[row] >= 0 &&
      y[row] <= height * ratio
    )
      seen.push(row);
  const share = MOST / Math.max(1, seen.length);
  return seen
    .filter((row) => weightOf(row) >= 1 - share)
    .filter((row) => labels[row] !== '' && labels[row] !== undefined)
    .map((row) => ({ row, text: shortened(labels[row]), weight: weightOf(row) }));
}

export function shortened(text: string, longest = LONGEST): string {
  return text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
}

/** In [0, 1), spread evenly over the rows and the same for a row every time (Knuth's multiplicative hash). */
function weightOf(row: number): number {
  return (Math.imul(row + 1, 2654435761) >>> 0) / 2 ** 32;
}
