import { defineAction } from './define.ts';
import { packedMatrix } from './support/changes.ts';
import { mapOf } from './support/lookup.ts';

/**
 * Where the rows of a map lie.
 *
 * Facts: `map`, as in the session's info. Array `points`: n × 2, or n × 3 of unit rows, float32.
 */
export const coordinates = defineAction({
  id: 'coordinates',
  summary: 'Where each row of a map lies.',
  parameters: { map: { kind: 'text', doc: 'Id of the map.', default: 'pca' } },
  isStep: false,
  isQuick: true,
  run(state, { map: id }) {
    const { info, points } = mapOf('coordinates', state, id);
    return { facts: { map: info }, arrays: { points: packedMatrix(points) } };
  },
});
