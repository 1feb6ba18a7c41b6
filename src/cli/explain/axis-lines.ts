import type { Between, ExplainedAxis, ExplainedDirection } from '../../apps/explain/axis.ts';
import { counted } from '../../core/text.ts';
import { aligned } from '../terminal.ts';

const short = (x: number) => x.toFixed(3);
const shown = ({ value, low, high }: Between) =>
  `${short(value)} (${short(low)} to ${short(high)})`;
/** Of many directions no more are printed. */
const MOST_PRINTED = 10;

/** What a person wants to know of an axis. */
export function linesOf(explained: ExplainedAxis, method: string): string[] {
  const { directions, each, heldOut, given, ordered } = explained;
  const lines = [`${method}, fitted to ${counted(directions.provenance.rows, 'row')}`];
  if (heldOut) {
    const { neighbors, kernel } = heldOut.ceilings;
    lines.push(
      `Order of rows held out (Spearman, ${heldOut.folds} parts of ${counted(heldOut.rows, 'row')}):`,
      ...aligned([
        ['  this axis', shown(heldOut.spearman)],
        ['  95 of 100 random directions', `below ${short(heldOut.null)}`],
        ['  ceiling: mean of 10 neighbors', short(neighbors)],
        ...(Number.isNaN(kernel) ? [] : [['  ceiling: kernel ridge', short(kernel)]]),
        ...heldOut.few.map(({ k, spearman, extremes }) => [
          `  fitted to ${k} rows only`,
          `${shown(spearman)}${extremes === null ? '' : `; to the ${k} most extreme ${short(extremes)}`}`,
        ]),
      ]),
    );
  }
  if (given)
    lines.push(
      `Order of all rows by the scores (Spearman): ${shown(given.spearman)}; 95 of 100 random directions below ${short(given.null)}`,
    );
  if (ordered) lines.push(`Pairs held out in the right order: ${shown(ordered)}; by chance 0.500`);
  for (const one of each.slice(0, MOST_PRINTED)) lines.push(...linesOfDirection(one));
  if (each.length > MOST_PRINTED) lines.push(`and ${each.length - MOST_PRINTED} more directions`);
  return lines;
}

function linesOfDirection({ name, bandDegrees, top, bottom }: ExplainedDirection): string[] {
  const band =
    bandDegrees === null ? '' : ` (95 of 100 draws within ${bandDegrees.toFixed(1)}° of it)`;
  const cells = [...top, ...bottom.toReversed()].map(({ row, label, projection }) => [
    `  ${label ?? `row ${row}`}`,
    projection.toFixed(3),
  ]);
  const rows = aligned(cells);
  return [`${name}${band}`, ...rows.slice(0, top.length), '  …', ...rows.slice(top.length)];
}
