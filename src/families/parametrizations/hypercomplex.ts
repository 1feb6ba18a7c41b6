import { OptionError } from '../../core/errors.ts';
import { matrix } from '../../core/matrix.ts';
import {
  matmul,
  type Parameter,
  parameter,
  reshape,
  type Tensor,
  take,
} from '../../learning/index.ts';
import { cite } from '../../method/bibliography/cite.ts';
import * as papers from '../../method/bibliography/papers.ts';
import * as sources from '../../method/bibliography/sources.ts';
import { integer } from '../../method/options.ts';
import { svd } from '../../numerics/decompositions/svd.ts';
import { defineParametrization } from './define.ts';
import type { BuildContext, Weight } from './types.ts';

/**
 * Dense weights as sums of Kronecker products of a small table and small matrices (PHM).
 *
 *     W = Σ_i A_i ⊗ S_i,   i = 1 … n,   A_i n × n,   S_i k/n × d/n
 *
 * W k × d: n³ + k·d/n numbers in the place of k·d, n = `parts`. It begins as the sum of n products nearest to the weight: the
 * leading n singular vectors of W with its blocks as rows, n² × k·d/n². Weights of which n does not divide both
 * sides, kernels and biases are trained as they are.
 *
 * @remarks Use it for wide layers that are trained anew, at 1/n of the numbers. It is no update: a model that was trained
 * changes by what the nearest sum loses. The layer `hypercomplex` of `tammes/learning` says the same of a new network and never
 * forms W. For a delta beside trained weights take `lora`.
 * @example
 * import { mlp } from 'tammes/learning';
 * import { hypercomplex } from 'tammes/parametrizations';
 *
 * const { parameters } = mlp({ name: 'net', sizes: [64, 32, 10] });
 * const { trained, of } = await hypercomplex(parameters, { parts: 4 });
 * console.log(trained, of); // 938 2410
 * @function
 */
export const hypercomplex = /* @__PURE__ */ defineParametrization({
  id: 'hypercomplex',
  title: 'Hypercomplex weights (PHM)',
  summary: 'Dense weights as sums of n Kronecker products, 1/n of the numbers.',
  references: [
    cite(papers.parameterizedHypercomplexMultiplication, 'H = Σ A ⊗ S'),
    cite(sources.kroneckerApproximation, 'the nearest sum'),
  ],
  deviations: [
    'It begins at the sum nearest to the weight; the paper draws A and S. The layer of tammes/learning draws them.',
  ],
  isUpdate: false,
  options: {
    parts: integer(4, 'Kronecker products in a sum, parts of a hypercomplex number.', {
      min: 1,
      symbol: 'n',
    }),
  },
  build(weights, { parts }, context) {
    const parted = ({ shape }: Weight) =>
      shape.length === 2 && shape.every((length) => length % parts === 0);
    if (!weights.some(parted))
      throw new OptionError(
        'hypercomplex',
        'parts',
        'a number that divides both sides of some weight of two axes',
        parts,
      );
    const parameters: Parameter[] = [];
    const tensors = new Map<string, Tensor>();
    for (const weight of weights) {
      const made = parted(weight) ? sumOfProducts(weight, parts, context) : asItIs(weight);
      parameters.push(...made.parameters);
      tensors.set(weight.name, made.tensor);
    }
    const whole = weights.filter((weight) => !parted(weight) && weight.shape.length > 1);
    const warnings = whole.map(
      ({ name, shape }) =>
        `${name} is ${shape.join(' × ')}: no matrix that ${parts} divides; all of its numbers are trained.`,
    );
    return { tensors, parameters, warnings };
  },
});

function asItIs({ name, shape, start }: Weight) {
  const whole = parameter(`${name}.hypercomplex.whole`, start.data.slice(), shape);
  return { tensor: whole, parameters: [whole] };
}

function sumOfProducts({ name, shape: [k, d], start }: Weight, n: number, context: BuildContext) {
  const [high, wide] = [k / n, d / n];
  // Place (p, q, r) of a run of `wide` numbers: block row, block column, row within; and its place in W.
  const runs = n * n * high;
  const inWhole = Int32Array.from({ length: runs }, (_, run) => {
    const [p, q, r] = [Math.floor(run / (n * high)), Math.floor(run / high) % n, run % high];
    return (p * high + r) * n + q;
  });
  const blocks = new Float64Array(k * d);
  inWhole.forEach((at, run) => {
    blocks.set(start.data.subarray(at * wide, (at + 1) * wide), run * wide);
  });
  const { u, s, v } = svd(matrix(blocks, n * n, high * wide));
  const [rules, kernels] = [context.numbers(n ** 3), context.numbers(n * high * wide)];
  for (let i = 0; i < Math.min(n, s.length); i++) {
    const root = Math.sqrt(s[i]);
    // Where both factors were 0 no gradient would reach either.
    for (let e = 0; e < n * n; e++) rules[e * n + i] = (root || 1) * u.data[e * u.cols + i];
    for (let e = 0; e < high * wide; e++)
      kernels[i * high * wide + e] = root * v.data[e * v.cols + i];
  }
  const table = parameter(`${name}.hypercomplex.table`, rules, [n * n, n]);
  const kernel = parameter(`${name}.hypercomplex.kernel`, kernels, [n, high * wide]);
  const places = new Int32Array(runs);
  inWhole.forEach((at, run) => {
    places[at] = run;
  });
  const found = reshape(matmul(table, kernel), [runs, wide]);
  return { tensor: reshape(take(found, places), [k, d]), parameters: [table, kernel] };
}
