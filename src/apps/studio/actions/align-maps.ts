import { InputError, ShapeError } from '../../../core/errors.ts';
import { gathered, type Matrix, toFloat32 } from '../../../core/matrix.ts';
import { unitOrAxisRows } from '../../../numerics/rows/unit-rows.ts';
import { align, alignmentById } from '../../verbs/align.ts';
import type { State, StudioMap } from '../session/state.ts';
import { defineAction } from './define.ts';
import { packedMatrix, withMap } from './support/changes.ts';
import { mapOf, tableOf } from './support/lookup.ts';
import { type MatchedPlaces, matchedPlaces } from './support/matched-places.ts';

/**
 * Turns (and may reflect, shift and scale) a map so that its rows lie as near as they can to where they lie in another, and two maps can be
 * compared by eye. What is near in the map stays near.
 *
 * Facts: `map`; `distance {before, after}`, root mean square between the places of the same rows; `scale`. Array `points`. The map takes in no new rows
 * afterwards.
 */
export const alignMaps = defineAction({
  id: 'align-maps',
  summary: 'Turns a map so that its rows lie near to where they lie in another map.',
  parameters: {
    map: { kind: 'text', doc: 'Id of the map that is turned.' },
    to: { kind: 'text', doc: 'Id of the map that stays.', default: 'pca' },
  },
  isStep: true,
  async run(state, { map: id = '', to }, { engine, signal, onProgress }) {
    const [moving, fixed] = [mapOf('align-maps', state, id), mapOf('align-maps', state, to)];
    if (moving.info.dims !== fixed.info.dims)
      throw new ShapeError(
        'align-maps',
        `two maps of ${fixed.info.dims} columns`,
        `${moving.info.dims}`,
      );
    const places = rowsInBoth(state, moving, fixed);
    const [a, b] = [gathered(moving.points, places.a), gathered(fixed.points, places.b)];
    const isFlat = moving.info.geometry === 'plane' && fixed.info.geometry === 'plane';
    const run = { engine, signal, onProgress };
    const options = isFlat ? { scaled: true } : { centered: false };
    const aligned = await align({ a, b }, 'procrustes', options, run);
    const turned = await alignmentById('procrustes').transform(
      aligned.model,
      moving.points,
      'a',
      run,
    );
    const points =
      moving.info.dims === 3 ? unitOrAxisRows('align-maps', toFloat32(turned)) : toFloat32(turned);
    return {
      state: withMap(state, { info: { ...moving.info, places: false }, points }),
      facts: {
        map: { ...moving.info, places: false },
        distance: { before: apart(a, b), after: apart(gathered(points, places.a), b) },
        scale: aligned.facts['scale'],
      },
      arrays: { points: packedMatrix(points) },
    };
  },
});

function rowsInBoth(state: State, moving: StudioMap, fixed: StudioMap): MatchedPlaces {
  if (moving.info.id === fixed.info.id)
    throw new InputError('align-maps', `both maps are ${moving.info.id}: name two.`);
  return matchedPlaces(
    'align-maps',
    tableOf('align-maps', state, moving.info.table),
    tableOf('align-maps', state, fixed.info.table),
  );
}

function apart(a: Matrix, b: Matrix): number {
  let squared = 0;
  for (const [e, x] of a.data.entries()) squared += (x - b.data[e]) ** 2;
  return Math.sqrt(squared / a.rows);
}
