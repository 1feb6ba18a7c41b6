import type { FieldInfo, MapInfo, TableInfo } from '../../contract.ts';
import { coordinatesOf, factsOf } from './arrays.ts';
import type { Coloring } from './colors.ts';
import { type Region, regionsOf, shortened } from './labels.ts';
import { can } from './session.ts';
import { coloring } from './view.ts';

/** Tables of fewer rows have no regions worth a name, and those of more take too long to be named unasked. */
const [FEWEST, MOST] = [60, 200_000];
const LONGEST = 34;

/** What the regions of a map are called: its categories where they color it, else words of the rows that lie there. */
export function regionsIn(map: MapInfo, owner: TableInfo): readonly Region[] {
  const colors = coloring(owner);
  if (colors.legend.kind === 'categories') return ofCategories(map, colors);
  if (!can('labels') || !hasWords(owner) || owner.rows < FEWEST || owner.rows > MOST) return [];
  const { labels = [] } = (factsOf('labels', { map: map.id }) ?? {}) as LabelsFacts;
  return labels.map(({ text, level, count, row }) => ({
    row,
    level,
    text: shortened(text, LONGEST),
    // The whole is named before its parts.
    weight: (level === 0 ? WHOLE : 2) + count,
    isRegion: true,
  }));
}

function hasWords({ hasLabels, fields }: TableInfo): boolean {
  return hasLabels || fields.some(({ kind, from }) => from === 'file' && WORDS.includes(kind));
}

const WORDS: readonly FieldInfo['kind'][] = ['text', 'category'];

/** More than the rows of any table. */
const WHOLE = 2 ** 32;

interface LabelsFacts {
  readonly labels?: readonly {
    readonly text: string;
    readonly level: number;
    readonly count: number;
    readonly row: number;
  }[];
}

const known = new WeakMap<Coloring, WeakMap<Float32Array, readonly Region[]>>();

function ofCategories({ id }: MapInfo, colors: Coloring): readonly Region[] {
  const found = coordinatesOf(id);
  if (!found || colors.legend.kind !== 'categories') return [];
  const { positions, dims } = found;
  if (positions.length / dims !== colors.shades.length) return [];
  const ofColors = known.get(colors) ?? new WeakMap<Float32Array, readonly Region[]>();
  known.set(colors, ofColors);
  const made =
    ofColors.get(positions) ?? regionsOf(positions, dims, colors.shades, colors.legend.entries);
  ofColors.set(positions, made);
  return made;
}
