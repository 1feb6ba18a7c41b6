import { InputError } from '../../../core/errors.ts';
import { type Floats, type Matrix, matrix } from '../../../core/matrix.ts';
import { defaultEngine } from '../../../engine/choose.ts';
import type { Engine } from '../../../engine/engine.ts';
import {
  decodeModel,
  encodeModel,
  evaluate,
  type Model,
  restoreModel,
  type StoredModel,
  Workspace,
} from '../../../learning/index.ts';
import { type GatedSettings, gatedNetwork } from './gate-network.ts';

/**
 * The gates of pairs of classes in a model of `gated-pairs`: one row a pair, a number in (0, 1) for each column of the
 * projection: how far the two classes are compared by it.
 *
 * @param pairs names of classes; default: each class with itself, in the order of the model
 * @throws InputError for another model, and for a class that it does not know
 */
export async function pairGates(
  trained: StoredModel | Model,
  pairs?: readonly (readonly [string, string])[],
  run: { readonly engine?: Engine | undefined } = {},
): Promise<Matrix> {
  const saved = 'tensors' in trained ? trained : await decodeModel(encodeModel(trained), 'model');
  if (saved.kind !== 'gated-pairs')
    throw new InputError(saved.name, `the model was made by ${saved.kind}; it has no gates.`);
  const settings = saved.settings as unknown as GatedSettings;
  const like = floatsOf(saved);
  const { kind } = saved;
  const { gates, parameters, also } = gatedNetwork(settings, like);
  restoreModel({ kind, settings: saved.settings, parameters, also }, saved);
  const { classes, projection } = settings;
  const placeOf = (name: string) => {
    const place = classes.indexOf(name);
    if (place < 0)
      throw new InputError(saved.name, `the model knows no class ${JSON.stringify(name)}.`);
    return place;
  };
  const asked = pairs ?? classes.map((name) => [name, name] as const);
  const [a, b] = [0, 1].map((side) => Int32Array.from(asked, (pair) => placeOf(pair[side])));
  const engine = run.engine ?? (await defaultEngine(matrix(like, 1, 1)));
  const data = await evaluate(gates(a, b, false), new Workspace(engine));
  return matrix(data, asked.length, projection);
}

/** An array of the element type that the model has. */
function floatsOf({ tensors }: StoredModel): Floats {
  const [first] = tensors.values();
  return first?.data instanceof Float64Array ? new Float64Array(1) : new Float32Array(1);
}
