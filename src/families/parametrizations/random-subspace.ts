import { OptionError } from '../../core/errors.ts';
import {
  add,
  type Parameter,
  parameter,
  reshape,
  scaleBy,
  sliceRows,
  type Tensor,
} from '../../learning/index.ts';
import { cite } from '../../method/bibliography/cite.ts';
import * as papers from '../../method/bibliography/papers.ts';
import * as sources from '../../method/bibliography/sources.ts';
import { boolean, choice, integer } from '../../method/options.ts';
import { defineParametrization } from './define.ts';
import { denseProjection } from './support/dense-projection.ts';
import { fastfoodProjection } from './support/fastfood-projection.ts';
import { projected } from './support/projection.ts';
import { sparseProjection } from './support/sparse-projection.ts';
import type { Weight } from './types.ts';

const PROJECTIONS = {
  dense: denseProjection,
  sparse: sparseProjection,
  fastfood: fastfoodProjection,
} as const;

/**
 * All weights of a model on one plane through where they began: d numbers say where.
 *
 *     θ = θ₀ + P·v,   θ of all weights, D numbers;   v of d, 0 at first;   P D × d drawn by the seed, never trained
 *
 * A step of v in any direction moves θ as far: columns of P have the length 1. Dense: normal numbers; D·d are drawn
 * again at each use where more than 64 MiB would be kept. Sparse: √D numbers a column, +1 or −1 times a constant.
 * Fastfood: H·G·Π·H·B, two Hadamard matrices around a permutation Π and a normal diagonal G, behind signs B; O(D) memory
 * and O(D·log D) time whatever d, columns of length 1 on average. With `perLayerScale` (SAID)
 * θᵢ = θ₀ᵢ + λᵢ·(P·v)ᵢ for each weight i of m, λ 1 at first; v then has d − m numbers.
 *
 * @remarks Use it to ask how difficult a task is for a model: the smallest d with nine tenths of the score of all weights
 * is its intrinsic dimension (`tammes learn --find-dims`). What is stored is d numbers and the seed. To change weights by
 * few numbers as such, take `lora`. An entry of P·v is about |v|/√D: the rate that fits is larger than that of all
 * weights, 0.05 to 0.3 for Adam on networks of some 10,000 numbers.
 * @example
 * import { mlp } from 'tammes/learning';
 * import { randomSubspace } from 'tammes/parametrizations';
 *
 * const { parameters } = mlp({ name: 'net', sizes: [64, 32, 10] });
 * const { trained, of } = await randomSubspace(parameters, { directions: 100 });
 * console.log(trained, of); // 100 2410
 * @function
 */
export const randomSubspace = /* @__PURE__ */ defineParametrization({
  id: 'random-subspace',
  title: 'Random subspace of all weights',
  summary: 'One vector of few numbers moves all weights along directions drawn at random.',
  references: [
    cite(papers.measuringTheIntrinsicDimensionOfObjectiveLandscapes, 'section 2'),
    cite(papers.intrinsicDimensionalityLanguageModelFineTuning, 'Fastfood, SAID'),
    cite(sources.fastfood, 'H·G·Π·H·B'),
    cite(sources.verySparseRandomProjections, 'density 1/√D'),
  ],
  deviations: [
    'One P reaches over all weights; published code also draws one for each weight, with columns of length 1 of its own.',
    'Every column of the sparse P has the same count of numbers, √D rounded; there, each place is drawn by itself.',
  ],
  options: {
    directions: integer(100, 'Numbers that are trained in all.', { min: 1, symbol: 'd' }),
    ensemble: choice(
      ['dense', 'sparse', 'fastfood'],
      'fastfood',
      'How the directions, columns of P, are drawn.',
    ),
    perLayerScale: boolean(false, 'Whether each weight has a trained factor, one of the d (SAID).'),
  },
  build(weights, { directions, ensemble, perLayerScale }, { random, numbers }) {
    const lengths = weights.map(({ start }) => start.data.length);
    const all = lengths.reduce((sum, length) => sum + length, 0);
    const scaled = perLayerScale ? weights.length : 0;
    requireDirections(directions, all, scaled);
    const few = directions - scaled;
    const vector = parameter('random-subspace.vector', numbers(few), [few]);
    const shift = projected(PROJECTIONS[ensemble](random.fork(ensemble), all, few), vector);
    const scales = scaled > 0 ? onesNamed('random-subspace.scales', numbers(scaled)) : undefined;
    const tensors = new Map<string, Tensor>();
    let from = 0;
    weights.forEach(({ name, shape, start }: Weight, i) => {
      const own = reshape(sliceRows(shift, from, from + lengths[i]), shape);
      tensors.set(name, add(start, scales ? scaleBy(own, sliceRows(scales, i, i + 1)) : own));
      from += lengths[i];
    });
    return { tensors, parameters: scales ? [vector, scales] : [vector] };
  },
});

function onesNamed(name: string, data: Parameter['data']): Parameter {
  return parameter(name, data.fill(1), [data.length]);
}

function requireDirections(directions: number, all: number, scaled: number): void {
  if (directions > all)
    throw new OptionError(
      'random-subspace',
      'directions',
      `at most ${all}, the numbers of the model`,
      directions,
    );
  if (directions <= scaled)
    throw new OptionError(
      'random-subspace',
      'directions',
      `more than ${scaled} with perLayerScale, one for each weight`,
      directions,
    );
}
