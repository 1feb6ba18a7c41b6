import { checksumOf } from '../../../core/checksum.ts';
import { referenceEngine } from '../../../engine/reference.ts';
import {
  constant,
  evaluateAll,
  type LossAndReport,
  type Parameter,
  substitution,
  type Tensor,
  Workspace,
} from '../../../learning/index.ts';
import type { Made, Parametrized, Weight } from '../types.ts';

/** What can be done with a model whose weights a method has made of fewer numbers. */
export function parametrizedOf(
  by: Parametrized['by'],
  model: readonly Parameter[],
  weights: readonly Weight[],
  { tensors, parameters, warnings = [] }: Made,
): Parametrized {
  const trained = numbersOf(parameters);
  const places = new Map(
    model.map((one) => [one, tensors.get(one.name) ?? constant(one.data, one.shape)]),
  );
  const adapted = weights.filter(({ name }) => tensors.has(name));

  async function writeOut(): Promise<void> {
    const made = model.filter(({ name }) => tensors.has(name));
    const wanted = made.map((one) => places.get(one) as Tensor);
    // In float64 whatever trains: a delta gives back the same bytes wherever it is read.
    const values = await evaluateAll(wanted, new Workspace(referenceEngine));
    made.forEach(({ data }, i) => {
      data.set(values[i]);
    });
  }

  return {
    by,
    weights,
    tensors,
    parameters,
    trained,
    of: numbersOf(model),
    adapted: adapted.map(({ name }) => name),
    warnings: [
      ...warnings,
      ...onManifolds(by.id, model),
      ...notFewer(by.id, trained, numbersOf(adapted.map(({ start }) => start))),
    ],
    substitution: () => substitution(places),
    training({ heldOut, checkpoint, conditions, loss, ...options }) {
      const others = options.parameters?.filter((one) => !places.has(one)) ?? [];
      return {
        ...options,
        parameters: [...parameters, ...others],
        checkpoint,
        conditions: checkpoint && {
          ...conditions,
          parametrization: JSON.stringify(by),
          weights: `checksum ${baseOf(weights)}`,
        },
        heldOut: heldOut && {
          ...heldOut,
          async value(step) {
            await writeOut();
            return heldOut.value(step);
          },
        },
        async loss(step) {
          const built = await loss(step);
          return built && withParts(built, substitution(places));
        },
      };
    },
    writeOut,
  };
}

/** Tells the weights that a delta was learned on from others. */
export const baseOf = (weights: readonly Weight[]): string =>
  checksumOf(...weights.map(({ start }) => start.data));

function withParts(
  built: Tensor | LossAndReport,
  now: (tensor: Tensor) => Tensor,
): Tensor | LossAndReport {
  if ('inputs' in built) return now(built);
  const { loss, report, values } = built;
  const each = (tensors: Readonly<Record<string, Tensor>> = {}) =>
    Object.fromEntries(Object.entries(tensors).map(([name, tensor]) => [name, now(tensor)]));
  return { loss: now(loss), report: each(report), values: each(values) };
}

const numbersOf = (tensors: readonly Pick<Weight['start'], 'data'>[]): number =>
  tensors.reduce((sum, { data }) => sum + data.length, 0);

const onManifolds = (id: string, model: readonly Parameter[]): readonly string[] =>
  model.flatMap(({ name, manifold }) =>
    manifold
      ? [`${name} lies on a manifold (${manifold.id}), which ${id} would leave: it stays as it is.`]
      : [],
  );

const notFewer = (id: string, trained: number, adapted: number): readonly string[] =>
  trained < adapted
    ? []
    : [
        `${id} trains ${trained} numbers in the place of ${adapted}: nothing is saved; a lower rank, or fewer directions, would save.`,
      ];
