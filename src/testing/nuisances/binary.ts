import type { Dice } from './dice.ts';
import { countsOff, type Rows, rowsOf } from './rows.ts';

/** A file of word2vec binary, whole or damaged. */
export function binaryOf(dice: Dice): { bytes: Uint8Array; rows: Rows; nuisances: string[] } {
  const drawn = rowsOf(dice, true);
  const numbers = drawn.numbers.map((row) => row.map(() => String(Math.fround(dice.normal()))));
  const rows: Rows = { ...drawn, numbers };
  const n = numbers.length;
  const d = numbers[0].length;
  const hasBreaks = dice.chance(0.5);
  const nuisances = [
    'word2vec-binary',
    hasBreaks ? 'line breaks' : 'no line breaks',
    String(rows.kind),
  ];
  const wrong = dice.chance(0.2);
  const [r, c] = wrong ? countsOff(dice) : [0, 0];
  if (wrong) nuisances.push(`wrong counts ${r} ${c}`);
  const parts: number[] = [...new TextEncoder().encode(`${n + r} ${d + c}\n`)];
  for (const [i, row] of numbers.entries()) {
    const label = rows.labels?.[i] ?? '';
    parts.push(...new TextEncoder().encode(`${label} `));
    parts.push(...new Uint8Array(Float32Array.from(row, Number).buffer));
    if (hasBreaks) parts.push(0x0a);
  }
  let bytes = Uint8Array.from(parts);
  // Counts of less and an end without what they leave out would agree.
  if (!wrong && dice.chance(0.1)) {
    nuisances.push('cut off');
    const rest = bytes.length - bytes.indexOf(0x0a) - 1;
    bytes = bytes.slice(0, bytes.length - dice.from(2, Math.min(rest, 4 * d + 4)));
  }
  return { bytes, rows, nuisances };
}
