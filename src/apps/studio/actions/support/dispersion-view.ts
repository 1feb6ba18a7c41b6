import type { RunControls } from '../../../../core/run.ts';
import type { Engine } from '../../../../engine/engine.ts';
import { choice } from '../../../../method/options.ts';
import type { LiveDispersion } from '../../live/dispersion.ts';
import { fixedProjection, type Projection } from '../../live/projection.ts';
import type { State } from '../../session/state.ts';
import type { ParametersOf } from '../parameters.ts';
import { mapOf } from './lookup.ts';
import { placedRows } from './placed.ts';

/** What pictures of a dispersion show. */
export const viewParameters = {
  map: {
    kind: 'text',
    doc: 'Id of a map that rows can be placed in, as info says; left out, a view of the start.',
  },
  view: choice(
    ['plane', 'sphere'],
    'plane',
    'Without a map: two principal axes of the start, or the sphere of three directions.',
  ),
} as const;

/** A map of the session, with rows at the lengths they had, or a view of the start. */
export async function projectionOf(
  action: string,
  state: State,
  { dispersion: { start, norms } }: LiveDispersion,
  { map: id, view }: ParametersOf<typeof viewParameters>,
  { engine, signal }: RunControls & { readonly engine: Engine },
): Promise<Projection> {
  if (id === undefined) return fixedProjection(start, view, engine);
  const map = mapOf(action, state, id);
  const { dims, geometry, title } = map.info;
  // Kept from picture to picture: rows are many.
  let atLength: Float32Array | undefined;
  return {
    about: `the map ${title}`,
    dims,
    geometry,
    place({ rows, cols, data }) {
      atLength ??= new Float32Array(rows * cols);
      for (let i = 0, e = 0; i < rows; i++)
        for (let c = 0; c < cols; c++, e++) atLength[e] = data[e] * norms[i];
      return placedRows(map, { data: atLength, rows, cols }, { engine, signal });
    },
  };
}
