import { matrix } from '../../../core/matrix.ts';
import { integer } from '../../../method/options.ts';
import { dot } from '../../../numerics/rows/dot.ts';
import { countsOf } from '../session/fields.ts';
import type { StudioMap, StudioTable } from '../session/state.ts';
import { type ActionContext, defineAction } from './define.ts';
import { packedList, packedMatrix } from './support/changes.ts';
import { namedClusters } from './support/cluster-words.ts';
import { unitRowsOf } from './support/known.ts';
import { mapOf, tableOf, textsOfTable } from './support/lookup.ts';
import { rowClusters } from './support/row-clusters.ts';
import { meanOfRows } from './support/typical-rows.ts';

/** Regions of the whole map, and of its parts. */
const LEVELS = [8, 40];

/**
 * What the regions of a map are about: a few names for all of it, more for its parts.
 *
 * Facts: `labels [{text, level, count, row}]`: level 0 is read from afar, 1 nearby; the name stands at the place of `row`. Arrays `positions`, one a label, as
 * the map’s; `rows`. With `field`, its categories are the names, the largest at level 0.
 */
export const labels = defineAction({
  id: 'labels',
  summary: 'Names of the regions of a map, a few from afar and more nearby.',
  parameters: {
    map: { kind: 'text', doc: 'Id of the map.', default: 'pca' },
    field: {
      kind: 'text',
      doc: 'Field whose categories are the names; left out, words of the rows.',
    },
    seed: integer(0, 'Seed of the regions.', { min: 0 }),
  },
  isStep: false,
  async run(state, { map: id, field, seed }, context) {
    const map = mapOf('labels', state, id);
    const owner = tableOf('labels', state, map.info.table);
    const regions =
      field === undefined
        ? await ofWords(map, owner, seed, context)
        : ofCategories(map, textsOfTable('labels', owner, field));
    const named = withoutRepeats(regions);
    const { cols } = map.points;
    const positions = new Float32Array(named.length * cols);
    for (const [at, { row }] of named.entries())
      positions.set(map.points.data.subarray(row * cols, (row + 1) * cols), at * cols);
    return {
      facts: { labels: named },
      arrays: {
        positions: packedMatrix(matrix(positions, named.length, cols)),
        rows: packedList(Int32Array.from(named, ({ row }) => row)),
      },
    };
  },
});

interface RegionName {
  readonly text: string;
  readonly level: number;
  readonly count: number;
  readonly row: number;
}

function ofCategories(map: StudioMap, texts: readonly string[]): readonly RegionName[] {
  return countsOf(texts)
    .slice(0, LEVELS[1])
    .map(({ name }, at) => {
      const rows = Int32Array.from(texts.keys()).filter((row) => texts[row] === name);
      const level = Number(at >= LEVELS[0]);
      return { text: name, level, count: rows.length, row: middleOf(map, rows) };
    });
}

/** Neither a map nor a table is ever changed: what was found of both is kept. */
const known = new WeakMap<object, WeakMap<object, Map<number, readonly RegionName[]>>>();

async function ofWords(
  map: StudioMap,
  owner: StudioTable,
  seed: number,
  context: ActionContext,
): Promise<readonly RegionName[]> {
  const ofMap = known.get(map.points) ?? new WeakMap<object, Map<number, readonly RegionName[]>>();
  known.set(map.points, ofMap);
  const bySeed = ofMap.get(owner.table) ?? new Map<number, readonly RegionName[]>();
  ofMap.set(owner.table, bySeed);
  const regions = bySeed.get(seed) ?? (await foundByWords(map, owner, seed, context));
  bySeed.set(seed, regions);
  return regions;
}

async function foundByWords(
  map: StudioMap,
  owner: StudioTable,
  seed: number,
  context: ActionContext,
): Promise<readonly RegionName[]> {
  const units = unitRowsOf(owner.table.points);
  const regions: RegionName[] = [];
  for (const [level, k] of LEVELS.entries()) {
    const fewer = Math.max(1, Math.min(k, Math.floor(owner.table.points.rows / 10)));
    const { members } = await rowClusters(map.points, fewer, seed, context);
    for (const [at, { label }] of namedClusters(owner, units, members).entries()) {
      const rows = members[at];
      regions.push({ text: label, level, count: rows.length, row: middleOf(map, rows) });
    }
  }
  return regions;
}

/** The row that is nearest in the map to the mean of all: a name stands where there are points. */
function middleOf({ points: { data, cols }, points }: StudioMap, rows: Int32Array): number {
  const mean = meanOfRows(points, rows);
  const distance = (row: number) => {
    const at = data.subarray(row * cols, (row + 1) * cols);
    return dot(at, at) - 2 * dot(at, mean);
  };
  return rows.reduce((best, row) => (distance(row) < distance(best) ? row : best), rows[0]);
}

/** A part that is called like a region says nothing new. */
function withoutRepeats<T extends { readonly text: string }>(regions: readonly T[]): readonly T[] {
  const seen = new Set<string>();
  return regions.filter(({ text }) => !seen.has(text) && seen.add(text));
}
