import { InputError } from '../../core/errors.ts';
import type { Matrix } from '../../core/matrix.ts';
import type { Engine } from '../../engine/engine.ts';
import * as classifiers from '../../families/classifiers/index.ts';
import type { Classifier } from '../../families/classifiers/types.ts';
import { classifier, classProbabilities } from '../../families/learners/index.ts';
import type { StoredModel } from '../../learning/index.ts';
import { methodsOf } from '../../method/family.ts';
import { softmaxRowsInPlace } from '../../numerics/solvers/logistic.ts';

/** A model of which only the answers are known. */
export interface BlackBox {
  /** The classes, C. */
  readonly names: readonly string[];
  /** r × C. */
  readonly probabilities: (rows: Matrix) => Promise<Matrix<Float64Array>>;
}

const PREFIX = 'classifiers/';

/** A saved classifier, or the learner `classifier`, as a black box; scores become probabilities by their softmax. */
export async function blackBoxOf(stored: StoredModel, engine: Engine): Promise<BlackBox> {
  const { kind, settings } = stored;
  const names = (settings['classes'] as readonly unknown[] | undefined)?.map(String) ?? [];
  if (kind === 'classifier') {
    return {
      names,
      async probabilities(points) {
        const { points: embedded } = await classifier.embed(stored, { points }, { engine });
        return (await classProbabilities(stored, embedded, engine)).probabilities;
      },
    };
  }
  const method = methodsOf(classifiers).find(({ spec }) => `${PREFIX}${spec.id}` === kind);
  if (!method)
    throw new InputError(
      stored.name,
      `the model was made by ${kind}; a classifier is expected (tammes learn classifier, or the family classifiers).`,
    );
  const own = method as unknown as Classifier;
  return {
    names,
    async probabilities(rows) {
      const found = (await own.scores(stored, rows, { engine })).scores;
      if (own.gives === 'scores') softmaxRowsInPlace(found);
      return found;
    },
  };
}
