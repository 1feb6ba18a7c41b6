import { Random } from '../../../core/random.ts';
import { cite } from '../../../method/bibliography/cite.ts';
import * as papers from '../../../method/bibliography/papers.ts';
import * as sources from '../../../method/bibliography/sources.ts';
import { integer } from '../../../method/options.ts';
import { meanOf } from '../../../numerics/statistics/averages.ts';
import { meanEstimate } from '../../../numerics/statistics/intervals.ts';
import { jackknifeSpread } from '../../../numerics/statistics/jackknife.ts';
import { simulatedInterval } from '../../../numerics/statistics/simulated-interval.ts';
import { defineMetric } from '../define.ts';
import { datastoreOf, GROUPS, groupsOf } from '../support/datastore.ts';
import { NO_PAIR } from '../support/nearest-angles.ts';
import { rowsWithPatches, tooFewDistinct, visitPatches } from '../support/patches.ts';
import { valuesOfRows } from '../support/per-row.ts';
import { spherePatches } from '../support/sphere-patches.ts';
import type { Measured } from '../types.ts';
import { type Descriptors, descriptorsOf, joinLengths } from './support/local-descriptors.ts';

/** Neighbours that are known beside the k, to take the place of those left out. */
const spare = (k: number) => Math.max(4, k >> 2);
/** What the homology of k points costs, in products for each k³. */
const HOMOLOGY = 60;
/** Patches of uniform points, and sets of so many of them for the interval. */
const PATCHES = 400;
const DRAWS = 8;
const DRAWN_ROWS = 500;
const DRAWN_PATCHES = 64;

/**
 * Local topology: what the k nearest rows of each row in a datastore look like, with the row k + 1 points.
 *
 *     codensity      the distance r to the k-th neighbour
 *     persistence-0  Σ of the lengths at which components join, the edges of the minimum spanning tree
 *     persistence-1  Σ (death − birth) of loops in the Vietoris–Rips filtration
 *     image-0-p      Σ_bars h·exp(−(h·R − p + ½)²/2s²),  h = death/r,  p = 1 … R,  s = ½
 *     image-1-b-p    Σ_bars h·exp(−((birth/r)·R − b + ½)²/2s²)·exp(−(2h·R − p + ½)²/2s²),  h = (death − birth)/r
 *
 * The value is the mean of `persistence-0` over the rows, in chords. `perRow` has every descriptor of every row, a
 * matrix of features that needs nothing but vectors; it is the same for rotated rows and for a datastore with
 * copies. The datastore is that of the run, or the rows themselves, none of which is its own neighbour. Where rows
 * are too many, 200 of them (or as many as 2e8 products allow), all where nothing is to be sampled.
 *
 * @remarks
 * Give `perRow` to a classifier beside the vectors, where what a row is shows in how its surroundings are shaped:
 * frozen embeddings, labels for some domains only. k of 20 to 60 shows more than density; loops cost k³.
 *
 * @example
 * import { localTopology } from 'tammes/metrics';
 * import { matrix } from 'tammes';
 *
 * // Twelve rows evenly along a circle: a neighbourhood of four is an arc of five, joined by four sides.
 * const angles = Array.from({ length: 12 }, (_, i) => (2 * Math.PI * i) / 12);
 * const circle = matrix(Float64Array.from(angles.flatMap((a) => [Math.cos(a), Math.sin(a)])), 12, 2);
 * const { value } = await localTopology(circle, { k: 4 });
 * console.log((value / (2 * Math.sin(Math.PI / 12))).toFixed(6)); // 4.000000
 *
 * @function
 */
export const localTopology = /* @__PURE__ */ defineMetric({
  id: 'local-topology',
  group: 'neighborhoods',
  range: [0, Infinity],
  title: 'Local topology (mean persistence of neighbourhoods)',
  summary: 'How the neighbourhood of each row in a datastore is joined, holed and spread.',
  references: [
    cite(
      papers.localTopologyMeasuresContextualLm,
      'codensity, Wasserstein norms and persistence images of the neighbourhood in a datastore',
    ),
    cite(sources.persistenceImages, 'bars as Gaussians on a grid, weighted by persistence'),
  ],
  deviations: [
    'Images are those of the bars divided by the radius, which codensity has: a grid that fits every neighbourhood.',
    'Chords between unit rows in place of distances between the vectors as they come.',
    'The number of neighbours and the grid are not given in the paper that we could read: 32, and 4 pixels a side.',
  ],
  options: {
    k: integer(32, 'Neighbours of each row.', { min: 2, max: 128, symbol: 'n' }),
    resolution: integer(4, 'Pixels along a side of a persistence image; 0 for none.', {
      min: 0,
      max: 20,
      symbol: 'R',
    }),
  },
  async measure(space, { k: wanted, resolution }) {
    const store = datastoreOf('local-topology', space);
    const n = space.points.rows;
    const others = store.points.rows - (store.own ? 1 : 0);
    const k = Math.min(wanted, others >> 1);
    if (k < 2) return store.own ? NO_PAIR : TOO_SMALL;
    const known = Math.min(others, k + spare(k));
    const size = known + 1;
    const looked = rowsWithPatches(space, known, HOMOLOGY * k ** 3, 'local topology');
    const groups = groupsOf(space, store);
    const found: Descriptors[] = [];
    const rows: number[] = [];
    const without: number[][] = Array.from({ length: GROUPS }, () => []);
    const short = await visitPatches(space, store, looked, known, ({ row, members, distances }) => {
      rows.push(row);
      found.push(descriptorsOf(distances, size, k, resolution));
      for (let g = 0; g < GROUPS; g++) {
        if (groups.ofRow[row] === g) continue;
        const places = firstWithout(members, groups.ofStored, g, k);
        if (places) without[g].push(sum(joinLengths(distances, size, k, places)));
      }
    });
    if (found.length < 2) return TOO_SMALL;
    const column = (name: string) => Float64Array.from(found, (one) => one[name]);
    const names = Object.keys(found[0]);
    const value = meanOf(column('persistence-0'));
    const half = jackknifeSpread(without.map((list) => meanOf(Float64Array.from(list))));
    // Beside a datastore of as many uniform points; the interval of a mean over these rows is not known.
    const expected = (d: number) => uniformMean(store.points.rows + 1, k, d).value;
    const d = space.points.cols;
    return {
      value,
      ...(store.own || d < 2 ? {} : { null: { value: expected(d), how: HOW } }),
      ...(half >= 0 ? { low: Math.max(0, value - half), high: value + half } : {}),
      warnings: tooFewDistinct(short, looked.length),
      perRow: Object.fromEntries(names.map((name) => [name, valuesOfRows(n, rows, column(name))])),
      table: [
        Object.fromEntries(
          ['codensity', 'persistence-0', 'persistence-1'].map((name) => [
            `mean ${name}`,
            meanOf(column(name)),
          ]),
        ),
      ],
    };
  },
  async underUniform(model, { k: wanted }) {
    const { n, d, engine } = model;
    const k = Math.min(wanted, (n - 1) >> 1);
    if (k < 2 || d < 2) return undefined;
    const { value, standardError } = uniformMean(n, k, d);
    const drawnRows = Math.min(n, DRAWN_ROWS);
    const values: number[] = [];
    for (let r = 0; r < DRAWS; r++) {
      const points = model.draw(r, drawnRows);
      const rows = Int32Array.from({ length: Math.min(drawnRows, DRAWN_PATCHES) }, (_, i) => i);
      const lengths: number[] = [];
      const space = { points, engine, signal: undefined };
      const neighbors = Math.min(k, (drawnRows - 1) >> 1);
      await visitPatches(space, { points, own: true }, rows, neighbors, ({ distances }) => {
        lengths.push(sum(joinLengths(distances, neighbors + 1, neighbors)));
      });
      values.push(meanOf(Float64Array.from(lengths)));
      await model.turn();
    }
    // Relative to their own mean: fewer points lie farther apart.
    const { mean: middle, low, high } = simulatedInterval(values, drawnRows, n);
    const error = (1.96 * standardError) / value;
    return {
      value,
      low: value * (1 - Math.hypot((middle - low) / middle, error)),
      high: value * (1 + Math.hypot((high - middle) / middle, error)),
      how: HOW,
    };
  },
});

const HOW = `simulated, ${PATCHES} patches of uniform points; mean`;

/** Of the persistence in degree 0 of the k nearest of n − 1 uniform points in d dimensions. */
function uniformMean(n: number, k: number, d: number) {
  const random = Random.fromSeed(20_240_807);
  const draw = spherePatches(n, k, d - 1);
  return meanEstimate(
    Float64Array.from({ length: PATCHES }, () => sum(joinLengths(draw(random), k + 1, k))),
  );
}

const TOO_SMALL: Measured = {
  value: NaN,
  warnings: ['there are too few distinct rows to be neighbours.'],
};

/** Places in a patch of the first k members that are not in the group; undefined where they are fewer. */
function firstWithout(
  members: Int32Array,
  groupOf: Uint8Array,
  group: number,
  k: number,
): Int32Array | undefined {
  const places = new Int32Array(k);
  let found = 0;
  for (let a = 0; a < members.length && found < k; a++) {
    if (groupOf[members[a]] !== group) places[found++] = a + 1;
  }
  return found === k ? places : undefined;
}

function sum(values: Float64Array): number {
  return values.reduce((total, x) => total + x, 0);
}
