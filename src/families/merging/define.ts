import { OptionError } from '../../core/errors.ts';
import { type Floats, matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import type { Engine } from '../../engine/engine.ts';
import { type Model, parameter } from '../../learning/index.ts';
import { defineMethod } from '../../method/method.ts';
import type { OptionSpecs } from '../../method/options.ts';
import { interferenceOf, remarksOnInterference } from './support/interference.ts';
import { mergedRows } from './support/merged-rows.ts';
import { versionsOf } from './support/versions.ts';
import type {
  Merged,
  MergeResult,
  Merger,
  MergerInput,
  MergerSpec,
  TensorVersions,
  Versions,
} from './types.ts';

/** Makes a merger of what it says: checks, an order of the models that nobody chose, and the model are the same for all. */
// @__NO_SIDE_EFFECTS__
export function defineMerger<const S extends OptionSpecs>(spec: MergerSpec<S>): Merger<S> {
  const { needsBase, learns = false, merge, ...header } = spec;
  const { id } = header;
  const method = defineMethod<MergerInput, S, Merged>({
    ...header,
    family: 'merging',
    async compute(input, options, run) {
      requireParts(id, input, needsBase, learns);
      const versions = await versionsOf(id, input);
      const [{ base: like }] = versions.tensors;
      let used: Engine | undefined;
      const engine = async () => (used ??= await run.engineFor(matrix(like, 1, like.length)));
      const { seed = 0 } = options as { readonly seed?: number };
      const random = Random.fromSeed(seed).fork(id);
      const { loss, heldOut } = input;
      const merged = await merge(versions, options, { engine, random, run, loss, heldOut });
      const interference = interferenceOf(versions);
      return {
        model: modelOf(versions, merged),
        models: versions.names.length,
        interference,
        facts: merged.facts ?? {},
        warnings: [...versions.warnings, ...remarksOnInterference(versions, interference)],
        engine: used?.name,
      };
    },
  });
  return Object.assign(method, { needsBase, learns }) as Merger<S>;
}

function requireParts(
  id: string,
  { models, base, loss, heldOut }: MergerInput,
  needsBase: boolean,
  learns: boolean,
): void {
  if (models.length === 0) throw new OptionError(id, 'models', 'one model or more', models.length);
  if (needsBase && !base)
    throw new OptionError(id, 'base', 'the model from which the others were fine-tuned', 'nothing');
  if (learns && !loss)
    throw new OptionError(
      id,
      'loss',
      'a function that gives the loss of merged weights',
      'nothing',
    );
  if (!learns && (loss || heldOut))
    throw new OptionError(
      id,
      loss ? 'loss' : 'heldOut',
      'left out: it learns nothing',
      'a function',
    );
}

function modelOf({ kind, settings, tensors, also }: Versions, { weights }: MergeResult): Model {
  const parameters = tensors.map((tensor) => {
    const { name, shape, manifold } = tensor;
    const data = mergedRows(tensor, weights.get(name) ?? tensor.base);
    return parameter(name, data, shape, { manifold });
  });
  const groups = alsoOf(also);
  return { kind, settings, parameters, ...(also.length > 0 && { also: groups }) };
}

/** `also/GROUP/NAME` as groups again: the mean over the models, whatever the method. */
function alsoOf(also: readonly TensorVersions[]): Record<string, Record<string, Floats>> {
  const groups: Record<string, Record<string, Floats>> = {};
  for (const { name, models } of also) {
    const [, group, ...own] = name.split('/');
    const mean = models[0].map((_, e) => models.reduce((sum, m) => sum + m[e], 0) / models.length);
    groups[group] = { ...groups[group], [own.join('/')]: mean };
  }
  return groups;
}
