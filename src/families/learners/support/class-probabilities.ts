import { type Matrix, matrix, toFloat64 } from '../../../core/matrix.ts';
import type { Engine } from '../../../engine/engine.ts';
import {
  constant,
  evaluate,
  restoreModel,
  type StoredModel,
  Workspace,
} from '../../../learning/index.ts';
import { softmaxRowsInPlace } from '../../../numerics/solvers/logistic.ts';
import { type HeadSettings, headOf } from './heads.ts';

/** What the head of a classifier says of its embeddings. */
export interface ClassProbabilities {
  readonly names: readonly string[];
  /** r × C. */
  readonly probabilities: Matrix<Float64Array>;
}

/** The probabilities of classes for rows that a saved `classifier` or `text-classifier` has embedded. */
export async function classProbabilities(
  stored: StoredModel,
  embedded: Matrix,
  engine: Engine,
): Promise<ClassProbabilities> {
  const settings = stored.settings as unknown as HeadSettings & {
    readonly classes: readonly string[];
    readonly seed: number;
  };
  const { classes: names, seed } = settings;
  const float64 = embedded.data instanceof Float64Array;
  const { logits } = headOf(settings, { seed, float64 });
  const own = new Map([...stored.tensors].filter(([name]) => name.startsWith('head.')));
  restoreModel(
    { kind: stored.kind, settings: {}, parameters: logits.parameters },
    { ...stored, tensors: own },
  );
  const scores = await evaluate(
    logits(constant(embedded.data, [embedded.rows, embedded.cols])),
    new Workspace(engine),
  );
  const all = toFloat64(matrix(scores, embedded.rows, settings.places));
  const kept = names.length;
  // Places reserved for classes to come are none.
  const probabilities = matrix(
    Float64Array.from(
      { length: embedded.rows * kept },
      (_, e) => all.data[Math.floor(e / kept) * all.cols + (e % kept)],
    ),
    embedded.rows,
    kept,
  );
  softmaxRowsInPlace(probabilities);
  return { names, probabilities };
}
