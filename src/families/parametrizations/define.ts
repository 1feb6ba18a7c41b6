import { InputError } from '../../core/errors.ts';
import type { Floats } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { constant, type Parameter } from '../../learning/index.ts';
import { defineMethod } from '../../method/method.ts';
import { type OptionSpecs, type OptionsOf, resolveOptions } from '../../method/options.ts';
import { commonOptions } from './support/common-options.ts';
import { parametrizedOf } from './support/parametrized.ts';
import type {
  BoundParametrization,
  Parametrization,
  ParametrizationSpec,
  SmallerModel,
  Weight,
} from './types.ts';

/**
 * Makes a parametrization of what it says: checks, the copies of the weights, the stream of random numbers, training and
 * writing out are the same for all.
 */
// @__NO_SIDE_EFFECTS__
export function defineParametrization<const S extends OptionSpecs>(
  spec: ParametrizationSpec<S>,
): Parametrization<S> {
  const { build, isUpdate = true, ...header } = spec;
  const { id } = header;
  const specs = { ...spec.options, ...commonOptions };
  type Options = OptionsOf<S & typeof commonOptions>;

  const bind = (given?: Partial<Options>): BoundParametrization => {
    const options = resolveOptions(id, specs, given as never) as unknown as Options;
    return {
      id,
      options,
      async over(parameters) {
        const weights = weightsOf(id, parameters);
        const [{ start }] = weights;
        const made = await build(weights, options, {
          random: Random.fromSeed((options as OptionsOf<typeof commonOptions>).seed).fork(id),
          numbers: (length) => zerosLike(start.data, length),
        });
        return parametrizedOf({ id, options }, parameters, weights, made);
      },
    };
  };

  const method = defineMethod<readonly Parameter[], S & typeof commonOptions, SmallerModel>({
    ...header,
    family: 'parametrizations',
    options: specs as S & typeof commonOptions,
    async compute(parameters, options) {
      const found = await bind(options).over(parameters);
      const { trained, of, adapted, warnings } = found;
      return { parameters: found.parameters, trained, of, adapted, warnings };
    },
  });
  return Object.assign(method, { bind, isUpdate });
}

/** Copies of the weights but those on manifolds, which an update of plain numbers would leave. */
function weightsOf(id: string, parameters: readonly Parameter[]): [Weight, ...Weight[]] {
  const names = new Set<string>();
  for (const { name } of parameters) {
    if (names.has(name)) throw new InputError(id, `two weights are named ${name}.`);
    names.add(name);
  }
  const [first, ...others] = parameters.filter(({ manifold }) => !manifold);
  if (!first)
    throw new InputError(
      id,
      parameters.length === 0
        ? 'the model has no weights.'
        : 'every weight of the model lies on a manifold, which a sum would leave; train them as they are.',
    );
  const odd = others.find(({ data }) => data.constructor !== first.data.constructor);
  if (odd)
    throw new InputError(
      id,
      `${odd.name} is ${odd.data.constructor.name}, ${first.name} ${first.data.constructor.name}; one element type is expected.`,
    );
  return [weightOf(first), ...others.map(weightOf)];
}

function weightOf({ name, shape, data }: Parameter): Weight {
  const copy = data.slice();
  return { name, shape, start: { ...constant(copy, shape), data: copy } };
}

function zerosLike(like: Floats, length: number): Floats {
  return new (like.constructor as new (n: number) => Floats)(length);
}
