import { byId } from '../../catalog/by-id.ts';
import { InputError, OptionError } from '../../core/errors.ts';
import * as mergers from '../../families/merging/index.ts';
import type { Merged, Merger } from '../../families/merging/types.ts';
import type { ByteStore } from '../../io/byte-store.ts';
import { type StoredModel, storedModel } from '../../learning/index.ts';
import type { RunOptions } from '../../method/method.ts';

export type { FromBase, Interference, Merged } from '../../families/merging/types.ts';

const { ids, get } = byId<Merger>('merge', 'method', mergers);

/** The ids of all mergers. */
export const mergerIds = ids;
/** The merger of that id, else a sentence that names them all. */
export const mergerById = get;

export interface MergeFiles {
  /** Where the models are saved. */
  readonly models: readonly ByteStore[];
  readonly base?: ByteStore | undefined;
  /** Settings in whose numbers the models may differ: the result has those of the base. */
  readonly settingsOfBase?: readonly string[] | undefined;
}

/**
 * Merges saved models by a method that needs their weights alone.
 *
 * @example
 * const files = { models: [fileStore('a.safetensors'), fileStore('b.safetensors')], base: fileStore('base.safetensors') };
 * const { model } = await merge(files, 'task-arithmetic', { scale: 0.5 });
 */
export async function merge(
  { models, base, settingsOfBase }: MergeFiles,
  id: string,
  options: Readonly<Record<string, unknown>> = {},
  run: RunOptions = {},
): Promise<Merged> {
  const merger = mergerById(id);
  if (merger.learns) {
    const known = ids().filter((own) => !mergerById(own).learns);
    throw new OptionError(
      'merge',
      'method',
      `one of ${known.join(', ')} (${id} learns from rows through the network, which a program gives it: import it from tammes/merging)`,
      id,
    );
  }
  if (merger.needsBase && !base)
    throw new OptionError(
      'merge',
      'base',
      'the model from which the others were fine-tuned',
      'nothing',
    );
  const start = base && (await trainedModel(base));
  const trained: StoredModel[] = [];
  for (const store of models) trained.push(await trainedModel(store));
  return merger({ models: trained, base: start, settingsOfBase }, options as never, run);
}

/** A saved model that training made; a fitted map has no base from which others were fine-tuned. */
async function trainedModel(store: ByteStore): Promise<StoredModel> {
  const model = await storedModel(store);
  if (!model.kind.includes('/')) return model;
  throw new InputError(
    store.name,
    `the map was fitted by ${model.kind}; models that were trained from one base are expected.`,
  );
}
