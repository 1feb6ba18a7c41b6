import { OptionError } from '../../core/errors.ts';
import type { Parameter } from '../tape/parameter.ts';
import type { Update } from './update.ts';

export interface UpdatesByKind {
  /** For parameters of plain numbers. */
  readonly euclidean: Update;
  /** For parameters whose rows are points of a manifold. */
  readonly manifold: Update;
  /** For tables of which each step sees some rows, on no manifold. Default: `euclidean`. */
  readonly table?: Update | undefined;
}

/**
 * A rule for each kind of parameter: `byKind({ euclidean: adamW(), manifold: riemannianAdam() })`.
 *
 * Its learning rate is that of `euclidean`; the others keep their proportion to it, whatever the schedule.
 */
export function byKind(rules: UpdatesByKind): Update {
  const { euclidean, manifold, table = euclidean } = rules;
  const { learningRate } = euclidean;
  if (!(learningRate > 0))
    throw new OptionError(
      'by-kind',
      'euclidean',
      'a rule with a learning rate above 0',
      learningRate,
    );
  const ruleFor = (parameter: Parameter) => {
    if (parameter.manifold) return manifold;
    return parameter.byRows ? table : euclidean;
  };
  const described = ({ name, settings }: Update) => ({ name, ...settings });
  return {
    name: 'by-kind',
    settings: {
      euclidean: described(euclidean),
      manifold: described(manifold),
      ...(rules.table && { table: described(table) }),
    },
    learningRate,
    start: (parameter) => ruleFor(parameter).start(parameter),
    apply(parameter, gradient, state, step) {
      const rule = ruleFor(parameter);
      const rate = step.rate * (rule.learningRate / learningRate);
      return rule.apply(parameter, gradient, state, { ...step, rate });
    },
  };
}
