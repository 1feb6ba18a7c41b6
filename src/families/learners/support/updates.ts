import {
  adagradByRows,
  adam,
  adamW,
  byKind,
  constantRate,
  cosineDecay,
  lars,
  linearDecay,
  riemannianAdam,
  riemannianSgd,
  type Schedule,
  sgd,
  type Update,
} from '../../../learning/index.ts';
import type { OptionsOf } from '../../../method/options.ts';
import type { commonOptions } from './common-options.ts';

type Options = OptionsOf<typeof commonOptions>;

/** The rule asked for, its Riemannian form for parameters on manifolds, and one by rows for long tables. */
export function updateOf(
  { optimizer, learningRate, manifoldRate, weightDecay }: Options,
  betas: { readonly beta1?: number; readonly beta2?: number } = {},
): Update {
  const rate = { learningRate };
  const onManifold = { learningRate: manifoldRate * learningRate };
  const table = adagradByRows({ learningRate: 10 * learningRate });
  switch (optimizer) {
    case 'adam-w':
      return byKind({
        euclidean: adamW({ ...rate, ...betas, weightDecay }),
        manifold: riemannianAdam(onManifold),
        table,
      });
    case 'adam':
      return byKind({
        euclidean: adam({ ...rate, ...betas }),
        manifold: riemannianAdam(onManifold),
        table,
      });
    case 'sgd':
      return byKind({
        euclidean: sgd({ ...rate, momentum: 0.9, weightDecay }),
        manifold: riemannianSgd(onManifold),
        table,
      });
    case 'lars':
      return byKind({
        euclidean: lars({ ...rate, weightDecay }),
        manifold: riemannianSgd(onManifold),
        table,
      });
  }
}

export function scheduleOf(name: Options['schedule']): Schedule {
  switch (name) {
    case 'cosine':
      return cosineDecay();
    case 'linear':
      return linearDecay();
    case 'constant':
      return constantRate();
  }
}
