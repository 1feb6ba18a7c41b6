import { requireFinite } from '../../../core/finite.ts';
import { angleOfChord, DEGREES } from '../../../core/numeric.ts';
import { integer } from '../../../method/options.ts';
import { fieldOf } from '../session/fields.ts';
import { defineAction } from './define.ts';
import { silhouetteOf } from './support/apartness.ts';
import { packedFields, packedList, withFields } from './support/changes.ts';
import { namedClusters } from './support/cluster-words.ts';
import { unitRowsOf } from './support/known.ts';
import { tableOf } from './support/lookup.ts';
import { metricReading } from './support/metric-reading.ts';
import { rowClusters } from './support/row-clusters.ts';

const MOST_USUAL = 30;

/**
 * Clusters of the directions of a table by k-means, named by what is written of their rows.
 *
 * Facts: `clusters [{cluster, name, count, label, words [{word, inside, outside, logOdds}], typical [{row, label, cosine}], meanCosine}]`, the
 * largest first; `silhouette`, as a metric of `measure`: whether they are clusters at all, beside shuffled ones; `fields`: one with the cluster of each row by
 * name, and one with its angle to the center in degrees. Arrays: `of`, the cluster of each row, n; that angle.
 */
export const clusters = defineAction({
  id: 'clusters',
  summary:
    'Clusters of a table, named by words or typical rows, and whether they are clusters at all.',
  parameters: {
    table: { kind: 'text', doc: 'Id of the table.', default: 'a' },
    k: integer(0, 'How many; 0: the square root of half the rows, 30 at most.', {
      min: 0,
      max: 1000,
    }),
    seed: integer(0, 'Seed of the start.', { min: 0 }),
    id: { kind: 'text', doc: 'What the field is called.', default: 'cluster' },
  },
  isStep: true,
  async run(state, { table: tableId, k, seed, id }, { engine, signal, onProgress }) {
    const owner = tableOf('clusters', state, tableId);
    requireFinite('clusters', owner.table.points);
    const units = unitRowsOf(owner.table.points);
    const usual = Math.max(2, Math.min(MOST_USUAL, Math.round(Math.sqrt(units.rows / 2))));
    const { of, distances, members } = await rowClusters(units, k || usual, seed, {
      engine,
      signal,
    });
    const named = namedClusters(owner, units, members);
    const names = named.map(({ label }, cluster) => `${cluster + 1} ${label}`);
    const from = { from: 'clusters' };
    const fields = [
      fieldOf(
        id,
        Array.from(of, (cluster) => names[cluster]),
        { ...from, kind: 'category' },
      ),
      fieldOf(
        `${id}-angle`,
        distances.map((distance) => DEGREES * angleOfChord(distance)),
        {
          ...from,
          kind: 'number',
          title: `angle to the center of the ${id}, degrees`,
        },
      ),
    ];
    const silhouette =
      members.length > 1
        ? await silhouetteOf(units, Array.from(of, String), { engine, signal, onProgress })
        : undefined;
    return {
      state: withFields(state, tableId, fields),
      facts: {
        clusters: named.map((cluster, at) => ({
          cluster: at,
          name: names[at],
          count: members[at].length,
          ...cluster,
        })),
        silhouette: silhouette
          ? { ...silhouette, perRow: undefined, ...metricReading(silhouette, tableId) }
          : null,
        fields: fields.map(({ info }) => info),
      },
      arrays: { of: packedList(of), ...packedFields(fields) },
    };
  },
});
