import { boolean } from '../../../method/options.ts';
import { defineAction } from './define.ts';
import { packedFields } from './support/changes.ts';
import { mapOf, tableOf } from './support/lookup.ts';
import { judgedMap } from './support/map-judged.ts';

/**
 * What a map keeps of its table.
 *
 * Facts: `quality` (trustworthiness, continuity, neighborRecall10, neighborRecall50, stress, each `{value, low, high, null}`;
 * `rows` asked about; `sphere`), `fields` with how badly each row is placed, `warnings`. Arrays: those fields, n numbers each.
 */
export const mapQuality = defineAction({
  id: 'map-quality',
  summary: 'What a map keeps of its table, beside a random map, and how badly each row is placed.',
  parameters: {
    map: { kind: 'text', doc: 'Id of the map.', default: 'pca' },
    all: boolean(
      false,
      'Ask about every row instead of a sample; the time grows with the square of the rows.',
    ),
  },
  isStep: true,
  async run(state, { map: id, all }, { engine, signal, onProgress }) {
    const map = mapOf('map-quality', state, id);
    const { points } = tableOf('map-quality', state, map.info.table).table;
    const rows = all ? points.rows : undefined;
    const judged = await judgedMap(state, map, points, { engine, rows }, { signal, onProgress });
    return {
      state: judged.state,
      facts: {
        quality: judged.map.info.quality,
        fields: judged.fields.map(({ info }) => info),
        warnings: judged.warnings,
      },
      arrays: packedFields(judged.fields),
    };
  },
});
