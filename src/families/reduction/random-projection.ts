import { alike, type Matrix, zeros } from '../../core/matrix.ts';
import type { Random } from '../../core/random.ts';
import { counted, grouped } from '../../core/text.ts';
import { cite } from '../../method/bibliography/cite.ts';
import * as sources from '../../method/bibliography/sources.ts';
import { choice } from '../../method/options.ts';
import { defineReduction } from './define.ts';
import {
  dimensionsOfPromise,
  measuredDistortion,
  promisedDistortion,
} from './support/distortion.ts';

/**
 * Random projection: inner products with m random vectors, whatever the rows are.
 *
 *     y = x·R,   R d × m with independent entries of mean 0 and variance 1/m
 *
 * Entries are normal (`gaussian`), ±√(3/m) a third of the time (`achlioptas`), or ±√(√d/m) one time in √d
 * (`very-sparse`), and 0 else. With n rows and a probability of 1 − 1/n or more, all squared distances change by a factor
 * within 1 ± ε, where 6 ln n = m (ε²/2 − ε³/3): the fact `promised`, for gaussian and achlioptas entries. `distortion`
 * is the largest change among the pairs measured, 10,000 at most, drawn at random; `meanDistortion` their mean.
 *
 * @remarks Use it where the map must be known before the rows, or costs more than it may: it learns nothing. `pca` keeps
 * more in as many numbers where the rows vary in few directions. O(ndm) time; the map has d·m numbers.
 * @example
 * import { matrix } from 'tammes';
 * import { randomProjection } from 'tammes/reduction';
 *
 * // Squared lengths are right on average.
 * const row = matrix(new Float64Array(2000).fill(1), 2, 1000);
 * const { points } = await randomProjection(row, { dim: 500 });
 * const squared = points.data.subarray(0, 500).reduce((sum, y) => sum + y * y, 0);
 * console.log((squared / 1000).toFixed(1)); // 1.0
 * @function
 */
export const randomProjection = /* @__PURE__ */ defineReduction({
  id: 'random-projection',
  title: 'Random projection',
  summary: 'Products with random vectors: distances stay about the same, whatever the rows are.',
  references: [
    cite(sources.extensionsOfLipschitzMappings, 'lemma 1'),
    cite(sources.databaseFriendlyProjections, 'theorem 1.1'),
    cite(sources.verySparseRandomProjections, 'section 2: signs one time in √d'),
  ],
  dims: { usual: 64 },
  options: {
    entries: choice(
      ['gaussian', 'achlioptas', 'very-sparse'],
      'gaussian',
      'Normal numbers, signs a third of the time, or signs one time in √d.',
    ),
  },
  async fit(points, { dim, entries }, { engine, random, work: { signal } }) {
    const { rows: n, cols: d } = points;
    const projection = zeros(d, dim);
    if (entries === 'gaussian') fillWithNormals(projection, random.fork('entries'));
    else {
      const density = entries === 'achlioptas' ? 1 / 3 : 1 / Math.sqrt(d);
      fillWithSigns(projection, density, random.fork('entries'));
    }
    const placed = await engine.matmul(points, alike(projection, points), {}, { signal });
    const promised = entries === 'very-sparse' ? undefined : promisedDistortion(n, dim);
    const measured = measuredDistortion(points, placed, random.fork('pairs'));
    return {
      settings: {},
      arrays: { projection },
      points: placed,
      facts: {
        ...(promised === undefined ? {} : { promised }),
        ...(measured && { distortion: measured.largest, meanDistortion: measured.mean }),
      },
      warnings: [
        ...(promised === undefined ? [noPromise(n, dim, entries)] : []),
        ...(measured ? [] : ['All rows are equal: there is no distance to keep.']),
        ...(dim >= d ? [`${counted(dim, 'column')} from ${d}: nothing is saved.`] : []),
      ],
    };
  },
  async place({ arrays: { projection } }, rows, { engine, work }) {
    return engine.matmul(rows, alike(projection, rows), {}, work);
  },
});

function fillWithNormals({ data, cols: m }: Matrix, random: Random): void {
  const deviation = 1 / Math.sqrt(m);
  for (let e = 0; e < data.length; e++) data[e] = deviation * random.normal();
}

function fillWithSigns({ data, cols: m }: Matrix, density: number, random: Random): void {
  const size = 1 / Math.sqrt(density * m);
  for (let e = 0; e < data.length; e++) {
    const u = random.uniform();
    if (u < density) data[e] = u < density / 2 ? size : -size;
  }
}

function noPromise(n: number, dim: number, entries: string): string {
  if (entries === 'very-sparse') return 'Very sparse signs come with no promise for all pairs.';
  const rows = `${grouped(n)} rows in ${counted(dim, 'dimension')}`;
  return `No distortion is promised for ${rows}; from ${grouped(dimensionsOfPromise(n))} on one is.`;
}
