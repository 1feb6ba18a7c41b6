import type { TammesView } from '../../../../view/element.ts';
import type { Label } from '../../../../view/labels.ts';

/** So many labels compete for room when all of the map is seen; the nearer the reader, the more. */
const FEWEST = 10;
const MOST = 60;
const LONGEST = 26;

/** Rows with what they are called, and regions that are named as a whole. */
export interface Named {
  readonly rows: readonly string[];
  readonly regions: readonly Region[];
}

/** A label of more than its row; those of level 1 name parts, and are read nearby. */
export interface Region extends Label {
  readonly level?: number | undefined;
}

/** What is seen of a map. */
export interface Seen {
  /** Rows in the picture that nothing turns away. */
  readonly rows: readonly number[];
  /** How many lie in the picture, those of the sphere's far side too. */
  readonly inPicture: number;
  /** All rows of the map for each in the picture. */
  readonly nearness: number;
}

export function seenIn(view: TammesView): Seen | undefined {
  const placement = view.placement();
  if (!placement) return undefined;
  const ratio = globalThis.devicePixelRatio || 1;
  const [right, bottom] = [view.clientWidth * ratio, view.clientHeight * ratio];
  const { x, y, depth } = placement;
  const rows: number[] = [];
  let inPicture = 0;
  for (let row = 0; row < x.length; row++) {
    if (!(x[row] >= 0 && x[row] <= right && y[row] >= 0 && y[row] <= bottom)) continue;
    inPicture++;
    if (depth[row] >= 0) rows.push(row);
  }
  return { rows, inPicture, nearness: x.length / Math.max(1, inPicture) };
}

/** Labels for what is seen: regions, then rows, the more of them the fewer rows are seen; the same every time. */
export function labelsInView(
  { rows: seen, nearness }: Pick<Seen, 'rows' | 'nearness'>,
  { rows, regions }: Named,
): readonly Label[] {
  const wanted = Math.min(MOST, Math.round(FEWEST * nearness));
  // More than will be shown compete, since some of them touch.
  const share = (3 * wanted) / Math.max(1, seen.length);
  const candidates = seen
    .filter((row) => weightOf(row) >= 1 - share && rows[row])
    .toSorted((a, b) => weightOf(b) - weightOf(a))
    .slice(0, wanted)
    .map((row) => ({ row, text: shortened(rows[row]), weight: weightOf(row) }));
  const named = regions.filter(
    ({ isRegion, level = 0 }) =>
      !isRegion || (nearness >= SHOWN_FROM[level] && nearness < SHOWN_UNTIL[level]),
  );
  const taken = new Set(named.map(({ row }) => row));
  return [...named, ...candidates.filter(({ row }) => !taken.has(row))];
}

/** From how small a share of the map regions are named, and until how small a one, by level. */
const [SHOWN_FROM, SHOWN_UNTIL] = [
  [0, 2],
  [12, 60],
];

export function shortened(text: string, longest = LONGEST): string {
  return text.length > longest ? `${text.slice(0, longest - 1).trimEnd()}…` : text;
}

/** In [0, 1), spread evenly over the rows and the same for a row every time (Knuth's multiplicative hash). */
function weightOf(row: number): number {
  return (Math.imul(row + 1, 2654435761) >>> 0) / 2 ** 32;
}

/** A label for each category: at the row that is nearest to the middle of its rows. */
export function regionsOf(
  positions: Float32Array,
  dims: number,
  shades: Uint8Array,
  entries: readonly { readonly name: string; readonly shade: number; readonly count: number }[],
): readonly Label[] {
  const sums = new Map(entries.map(({ shade }) => [shade, new Float64Array(dims + 1)]));
  for (let row = 0; row < shades.length; row++) {
    const sum = sums.get(shades[row]);
    if (!sum || !Number.isFinite(positions[row * dims])) continue;
    for (let c = 0; c < dims; c++) sum[c] += positions[row * dims + c];
    sum[dims]++;
  }
  const nearest = new Map(entries.map(({ shade }) => [shade, { row: -1, distance: Infinity }]));
  for (let row = 0; row < shades.length; row++) {
    const [sum, best] = [sums.get(shades[row]), nearest.get(shades[row])];
    if (!sum || !best) continue;
    let distance = 0;
    for (let c = 0; c < dims; c++)
      distance += (positions[row * dims + c] - sum[c] / sum[dims]) ** 2;
    if (distance < best.distance) nearest.set(shades[row], { row, distance });
  }
  return entries.flatMap(({ name, shade, count }) => {
    const row = nearest.get(shade)?.row ?? -1;
    return row < 0 ? [] : [{ row, text: shortened(name), weight: 2 + count, isRegion: true }];
  });
}
