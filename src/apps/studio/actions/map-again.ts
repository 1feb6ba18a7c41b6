import { InputError } from '../../../core/errors.ts';
import type { State, StudioMap } from '../session/state.ts';
import { type ActionContext, defineAction, type Outcome } from './define.ts';
import { givenMap } from './given-map.ts';
import { mapOf } from './support/lookup.ts';
import { madeMap } from './support/made-map.ts';

/**
 * A map made again, of the vectors as they are now, in its own place among the maps. A layout (umap, tsne, largevis, spherical-umap)
 * begins where its rows lie, so that what stayed the same stays there.
 *
 * Facts, array and frames are those of `map` or `given-map`, which made it.
 */
export const mapAgain = defineAction({
  id: 'map-again',
  summary: 'A map made again of the vectors as they are; a layout begins where its rows lie.',
  parameters: { map: { kind: 'text', doc: 'Id of the map.', default: 'pca' } },
  isStep: true,
  async run(state, { map: id }, context) {
    const old = mapOf('map-again', state, id);
    const others = new Map(state.maps);
    others.delete(id);
    const outcome = await madeAgain({ ...state, maps: others }, old, context);
    return { ...outcome, state: outcome.state && inPlace(outcome.state, state) };
  },
});

function madeAgain(state: State, old: StudioMap, context: ActionContext) {
  const { made, info, points } = old;
  if (!made)
    throw new InputError(
      'map-again',
      `nothing says how the map ${info.id} was made; make a new one by map.`,
    );
  const parameters = { ...made.parameters, id: info.id } as never;
  return made.action === 'map'
    ? madeMap(state, parameters, context, points)
    : (givenMap.run(state, parameters, context) as Promise<Outcome>);
}

/** The state whose maps come in the order that they had. */
function inPlace(state: State, before: State): State {
  const maps = new Map(
    Array.from(before.maps.keys()).flatMap((id) => {
      const map = state.maps.get(id);
      return map ? [[id, map] as const] : [];
    }),
  );
  return { ...state, maps };
}
