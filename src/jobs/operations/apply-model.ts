import { byId } from '../../catalog/by-id.ts';
import { InputError } from '../../core/errors.ts';
import { toFloat32 } from '../../core/matrix.ts';
import { sha256 } from '../../core/sha256.ts';
import * as alignments from '../../families/alignment/index.ts';
import type { Alignment } from '../../families/alignment/types.ts';
import * as reductions from '../../families/reduction/index.ts';
import type { Reduction } from '../../families/reduction/types.ts';
import {
  type NamedObject,
  type ObjectStore,
  readObject,
  writeShard,
} from '../../io/sharded/index.ts';
import { decodeModel } from '../../learning/index.ts';
import type { Operation, ShardRef } from '../operation.ts';
import { copyBeside } from '../support/beside.ts';

/** A saved model that rows are given to, by its content. */
export interface AppliedModel extends NamedObject {
  readonly family: 'reduction' | 'alignment';
  /** Id of the method that made it. */
  readonly method: string;
  /** Of an alignment: whose rows these are. */
  readonly side?: 'a' | 'b' | undefined;
}

export interface ApplyModelSettings {
  readonly shard: ShardRef;
  readonly model: AppliedModel;
  /** Labels and columns of the rows, which stay as they are. */
  readonly beside?: NamedObject | undefined;
}

/** Where a model lies in the store of the work. */
export const modelKey = ({ sha256: name }: NamedObject): string => `work/models/${name}`;

const reduction = byId<Reduction>('reduce', 'method', reductions);
const alignment = byId<Alignment>('align', 'method', alignments);

/**
 * What a saved reduction or alignment makes of the rows of a shard, each as if it were alone, as a shard of the new
 * table. Fields: the shard as a manifest names it, and its columns.
 */
export const applyModel: Operation<ApplyModelSettings> = {
  id: 'apply-model',
  version: 1,
  async run({ shard, model, beside }, context) {
    const { engine, signal, work, rowsOf } = context;
    const stored = await decodeModel(await modelBytes(work, model), modelKey(model));
    const rows = await rowsOf(shard);
    const run = { engine, signal };
    const placed =
      model.family === 'reduction'
        ? await reduction.get(model.method).transform(stored, rows, run)
        : await alignment.get(model.method).transform(stored, rows, model.side ?? 'a', run);
    const made = await writeShard(work, { points: toFloat32(placed) }, 'f4');
    if (beside) await copyBeside(beside, context);
    return {
      fields: { shard: { ...made, ...(beside && { beside }) }, cols: placed.cols },
      arrays: {},
    };
  },
  cost: ({ shard: { rows, cols, bytes }, model }) => ({
    // A map of d columns to m has about d·m numbers.
    products: (rows * model.bytes) / 4,
    bytesRead: bytes + model.bytes,
    bytesWritten: 4 * rows * Math.max(1, Math.min(cols, Math.round(model.bytes / (4 * cols)))),
  }),
};

async function modelBytes(work: ObjectStore, model: AppliedModel): Promise<Uint8Array> {
  const key = modelKey(model);
  const name = `${work.name}/${key}`;
  const bytes = await readObject(work, key);
  if (!bytes) throw new InputError(name, 'the model is missing.');
  if ((await sha256(bytes)) === model.sha256) return bytes;
  throw new InputError(name, 'the model was damaged: its SHA-256 differs.');
}
