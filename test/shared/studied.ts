import { Session } from '../../src/apps/studio/session/session.ts';
import { studioTable } from '../../src/apps/studio/session/table.ts';
import type { Engine } from '../../src/engine/index.ts';
import { threeGroups } from '../../src/testing/studio.ts';

const STEPS: readonly (readonly [string, Readonly<Record<string, unknown>>])[] = [
  ['map', {}],
  ['map', { method: 'umap', options: { epochs: 30 } }],
  ['given-map', {}],
  ['place', { table: 'b' }],
  ['measure', { metrics: ['spread', 'hubness', 'neighborhoods', 'silhouette'], classes: 'group' }],
  ['hubs', {}],
  ['axis', { scores: 'size' }],
  ['axis', { classes: 'group' }],
  ['clusters', { k: 3 }],
  ['compare', {}],
  ['align-maps', { map: 'pca-b' }],
  ['labels', {}],
  ['describe', { where: 'size < 20', axis: true }],
  ['neighbors', { row: 3, map: 'umap' }],
  ['search', { formula: '"red 0" - "green 1"' }],
  ['disperse', { steps: 12, batch: 20, until: 7 }],
  ['center', {}],
  ['whiten', { table: 'b', removeTop: 1 }],
  ['compress', { codec: 'int4' }],
  ['erase', { table: 'b', concept: 'group' }],
  ['codes', { count: 20, chains: 1, patience: 3 }],
  ['export', { what: 'coordinates', format: 'parquet' }],
];

/** What a session says and what its steps made, as text and hashes: here and in a page. */
export async function studied(engine: Engine): Promise<readonly string[]> {
  const session = new Session(engine, [
    await studioTable('a', 'a.npy', threeGroups(60)),
    await studioTable('b', 'b.npy', threeGroups(60, 2)),
  ]);
  const told: string[] = [];
  for (const [action, parameters] of STEPS) {
    const { facts, arrays = {} } = await session.do(action, parameters);
    const numbers = Object.entries(arrays).map(([name, { data }]) => [name, ...data].join(' '));
    // How many threads there are is no result.
    told.push(action, JSON.stringify({ ...facts, threads: undefined }), ...numbers);
  }
  return [...told, JSON.stringify(session.recipe().steps)];
}
