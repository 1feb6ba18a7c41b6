import { InputError, OptionError } from '../../../core/errors.ts';
import { type Matrix, matrix } from '../../../core/matrix.ts';
import type { Model, ModelSettings, StoredModel } from '../../../learning/index.ts';
import { FIXED_CODES, type FixedCode } from './class-vectors.ts';

/** Vectors that classes keep from version to version, with the places that are still free. */
export interface ClassCodes {
  readonly head: FixedCode;
  /** The class of each place, from the first on; places behind them are for classes to come. */
  readonly classes: readonly string[];
  /** places × dim. */
  readonly vectors: Matrix;
}

/**
 * The class vectors of a model with a fixed head. A version that is trained with them gives embeddings that can be
 * compared with those of the model.
 *
 * @throws InputError where the model has no head that stays
 */
export function classCodes(model: StoredModel | Model): ClassCodes {
  const { head, classes, vectors, places, dim } = model.settings as ModelSettings & {
    readonly vectors?: readonly number[];
  };
  const fixed = FIXED_CODES.find((code) => code === head);
  if (!fixed || !Array.isArray(classes) || !Array.isArray(vectors)) {
    const where = 'name' in model ? model.name : model.kind;
    throw new InputError(
      where,
      `a model with a fixed head is expected (${FIXED_CODES.join(', ')}); this one has ${JSON.stringify(head ?? 'none')}.`,
    );
  }
  return {
    head: fixed,
    classes,
    vectors: matrix(Float64Array.from(vectors), Number(places), Number(dim)),
  };
}

/** The classes by place: those of the codes keep theirs, new ones follow; refuses more than there are places. */
export function placedClasses(
  where: string,
  names: readonly string[],
  codes: ClassCodes | undefined,
): readonly string[] {
  if (!codes) return names;
  const known = new Set(codes.classes);
  const added = names.filter((name) => !known.has(name));
  const free = codes.vectors.rows - codes.classes.length;
  if (added.length > free)
    throw new InputError(
      where,
      `the codes have ${free} places left and there are ${added.length} new classes, the first ${JSON.stringify(added[0])}; train the first version with a larger reserve.`,
    );
  return [...codes.classes, ...added];
}

/** Refuses codes that are not what the options ask for. */
export function requireCodes(
  where: string,
  { head, vectors }: ClassCodes,
  options: { readonly head: string; readonly dim: number; readonly reserve: number },
): void {
  if (options.head !== head)
    throw new OptionError(where, 'head', `"${head}", as the codes are`, options.head);
  if (options.dim !== vectors.cols)
    throw new OptionError(where, 'dim', `${vectors.cols}, as the codes have`, options.dim);
  if (options.reserve > 0)
    throw new OptionError(
      where,
      'reserve',
      'left out where codes are given, whose free places stay reserved',
      options.reserve,
    );
}
