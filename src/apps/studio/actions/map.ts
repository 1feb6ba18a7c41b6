import { boolean, choice } from '../../../method/options.ts';
import { defineAction } from './define.ts';
import { madeMap } from './support/made-map.ts';

/**
 * A map of a table by a reduction of the catalogue.
 *
 * Facts: `map` (as in the session's info, with `quality`: trustworthiness, continuity, neighborRecall10, neighborRecall50 and
 * stress, each `{value, low, high, null}`), `facts` and `warnings` of the reduction, `fields` made. Array `points`: n × 2, or n × 3 of
 * unit rows. Frames of a layout that moves: facts `step`, `steps`, array `points`.
 */
export const map = defineAction({
  id: 'map',
  summary:
    'A map of a table by a reduction of the catalogue, with what it keeps beside a random map.',
  parameters: {
    table: { kind: 'text', doc: 'Id of the table.', default: 'a' },
    method: {
      kind: 'text',
      doc: 'Id of the reduction: pca, umap, tsne, spherical-pca, …',
      default: 'pca',
    },
    options: { kind: 'options', doc: 'Options of the reduction.' },
    geometry: choice(
      ['plane', 'sphere'],
      'plane',
      'Two columns, or three as directions on the unit sphere; methods of a sphere give that.',
    ),
    classes: {
      kind: 'text',
      doc: 'Field with the class of each row, for reductions that learn from it.',
    },
    quality: boolean(true, 'Whether to say what the map keeps; `map-quality` says it later.'),
    id: { kind: 'text', doc: 'What the map is called; left out, as the method.' },
  },
  isStep: true,
  run: (state, parameters, context) => madeMap(state, parameters, context),
});
