import { byId } from '../../catalog/by-id.ts';
import { InputError } from '../../core/errors.ts';
import type { Learned } from '../../families/learners/index.ts';
import * as parametrizations from '../../families/parametrizations/index.ts';
import {
  type Delta,
  decodeDelta,
  encodeDelta,
  type Parametrization,
} from '../../families/parametrizations/index.ts';
import type { ByteStore } from '../../io/byte-store.ts';
import type { StoredModel } from '../../learning/index.ts';

export type { Delta, Parametrization } from '../../families/parametrizations/index.ts';

const { ids, get } = byId<Parametrization>('learn', 'adapt', parametrizations);

/** The ids of all parametrizations. */
export const parametrizationIds = ids;
/** The parametrization of that id, else a sentence that names them all. */
export const parametrizationById = get;

/** The bytes of what a run with a parametrization learned: the few numbers, to be applied to the model it began with. */
export function deltaOf({ parametrized, model }: Learned): Uint8Array {
  if (!parametrized)
    throw new InputError('delta', 'all weights were trained; a delta needs a parametrization.');
  return encodeDelta(parametrized, model);
}

/** Reads a saved delta. */
export async function storedDelta(store: ByteStore): Promise<Delta> {
  const bytes = await store.load();
  if (!bytes) throw new InputError(store.name, 'there is no delta.');
  return decodeDelta(bytes, store.name);
}

/** The model that a delta makes of the one it was learned on, by the parametrization that the delta names. */
export async function applyDelta(base: StoredModel, delta: Delta): Promise<StoredModel> {
  return parametrizations.applyDelta(base, delta, parametrizationById(delta.method));
}
