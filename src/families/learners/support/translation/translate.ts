import { InputError } from '../../../../core/errors.ts';
import { matrix } from '../../../../core/matrix.ts';
import { defaultEngine } from '../../../../engine/choose.ts';
import type { Engine } from '../../../../engine/engine.ts';
import {
  decodeModel,
  encodeModel,
  type Model,
  restoreModel,
  type StoredModel,
  Workspace,
} from '../../../../learning/index.ts';
import { greedyTranslations } from './greedy.ts';
import { type TranslatorSettings, translatorNetwork } from './network.ts';

/**
 * Translates each text with a model that `translator` made: unit by unit, always the likeliest, until the end of the
 * sentence or the `longest` that it was trained with.
 *
 * @throws InputError where the model is of another kind
 */
export async function translate(
  trained: StoredModel | Model,
  texts: readonly string[],
  run: { readonly engine?: Engine | undefined } = {},
): Promise<string[]> {
  const kind = 'translator';
  const saved = 'tensors' in trained ? trained : await decodeModel(encodeModel(trained), kind);
  if (saved.kind !== kind)
    throw new InputError(
      saved.name,
      `the model was made by ${saved.kind}; translate needs one by ${kind}.`,
    );
  const settings = saved.settings as unknown as TranslatorSettings;
  const network = translatorNetwork(settings);
  restoreModel({ kind, settings, parameters: network.parameters }, saved);
  const engine = run.engine ?? (await defaultEngine(matrix(new Float32Array(1), 1, 1)));
  return greedyTranslations(network, texts, new Workspace(engine));
}
