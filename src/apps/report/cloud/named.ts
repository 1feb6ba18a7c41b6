import type { Label } from '../../../view/labels.ts';
import { regionsOf } from '../../../view/row-labels.ts';
import { colored, type ShadedClasses } from './shaded-classes.ts';

/** What is named first: the classes, or else the landmarks. */
export function firstLabels(
  positions: Float32Array,
  dims: 2 | 3,
  { shades, entries }: ShadedClasses,
  {
    labels,
    landmarks,
  }: { readonly labels: readonly string[]; readonly landmarks: readonly number[] },
): readonly Label[] {
  if (entries.length > 1) return regionsOf(positions, dims, shades, colored(entries));
  return landmarks.map((row, at) => ({ row, text: labels[row], weight: 2 + 1 / (1 + at) }));
}
