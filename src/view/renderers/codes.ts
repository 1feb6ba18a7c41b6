import type { Cloud } from '../cloud.ts';

/** Shade, selection and visibility of each point as one number: the shade, 256 more where selected, 65535 where hidden. */
export function codesOf({ shades, hidden, selected }: Cloud): Uint16Array<ArrayBuffer> {
  const codes = Uint16Array.from(shades);
  if (selected) for (let i = 0; i < codes.length; i++) codes[i] |= selected[i] === 0 ? 0 : 256;
  if (hidden) for (let i = 0; i < codes.length; i++) if (hidden[i] !== 0) codes[i] = 65535;
  return codes;
}

/** Whether any point is selected. */
export function hasSelected({ selected }: Cloud): boolean {
  return selected?.includes(1) ?? false;
}
