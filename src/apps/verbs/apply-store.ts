import { InputError } from '../../core/errors.ts';
import { sha256 } from '../../core/sha256.ts';
import type { EngineName } from '../../engine/engine.ts';
import type { ByteStore } from '../../io/byte-store.ts';
import {
  addManifest,
  type FoundManifest,
  type ObjectStore,
  type Shard,
} from '../../io/sharded/index.ts';
import { openOutput } from '../../jobs/output.ts';
import type { Plan } from '../../jobs/plan.ts';
import { type AppliedModel, applyPlan, modelKey } from '../../jobs/plans/apply-plan.ts';
import { resultsOf } from '../../jobs/run-plan.ts';
import { decodeModel } from '../../learning/index.ts';
import { requireEmpty } from './disperse-store.ts';
import { makerOf } from './support/maker-of.ts';

/** A saved model, read and known. */
export interface LoadedModel {
  readonly bytes: Uint8Array;
  readonly model: AppliedModel;
}

/** Reads a saved model that is to be applied shard by shard. */
export async function loadedModel(
  file: ByteStore,
  family: AppliedModel['family'],
  side?: AppliedModel['side'],
): Promise<LoadedModel> {
  const bytes = await file.load();
  if (!bytes) throw new InputError(file.name, 'there is no model.');
  const method = makerOf(await decodeModel(bytes, file.name), family);
  const name = await sha256(bytes);
  return { bytes, model: { sha256: name, bytes: bytes.length, family, method, side } };
}

export interface ApplyWork {
  readonly found: FoundManifest;
  /** Gets the new table; the model lies in it on the way. */
  readonly target: ObjectStore;
  readonly engine: EngineName;
  run(plan: Plan): Promise<unknown>;
}

/** What a saved model makes of the rows of a sharded table, as a table of another store; labels and columns stay. */
export async function applyStore(
  { bytes, model }: LoadedModel,
  { found, target, engine, run }: ApplyWork,
): Promise<FoundManifest> {
  await requireEmpty(target);
  await target.create(modelKey(model), [bytes]);
  const { manifest } = found;
  const plan = await applyPlan(manifest, model, engine);
  await run(plan);
  const shards: Shard[] = [];
  let cols = manifest.cols;
  for (const name of resultsOf(plan)) {
    const { fields, close } = await openOutput(target, name);
    shards.push(fields['shard'] as Shard);
    cols = Number(fields['cols']);
    await close();
  }
  const { labels, columns } = manifest;
  const made = await addManifest(target, undefined, { dtype: 'f4', cols, labels, columns }, shards);
  await target.remove(modelKey(model));
  return made;
}
