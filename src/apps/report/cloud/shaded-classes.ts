import { type LegendEntry, shadedCategories } from '../../../view/palettes/legend.ts';
import { NO_SHADE } from '../../../view/palettes/palette.ts';
import type { CloudClasses } from './contract.ts';

/** A shade for each row by its class, and the classes by how many rows they have. */
export interface ShadedClasses {
  readonly shades: Uint8Array<ArrayBuffer>;
  readonly entries: readonly LegendEntry[];
}

/** The classes with most rows have colors of their own; all others share grey with rows of no class. */
export function shadedClasses(n: number, classes: CloudClasses | undefined): ShadedClasses {
  if (!classes) return { shades: new Uint8Array(n), entries: [] };
  const rows = Array.from({ length: n }, (_, row) => row).filter((row) => classes.of[row] >= 0);
  const { shades, legend } = shadedCategories(rows.map((row) => classes.names[classes.of[row]]));
  const all = new Uint8Array(n).fill(NO_SHADE);
  rows.forEach((row, at) => {
    all[row] = shades[at];
  });
  return { shades: all, entries: legend.entries };
}

/** The entries that have a color of their own. */
export function colored(entries: readonly LegendEntry[]): readonly LegendEntry[] {
  return entries.filter(({ shade }) => shade !== NO_SHADE);
}
