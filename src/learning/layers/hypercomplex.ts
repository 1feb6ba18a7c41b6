import { OptionError } from '../../core/errors.ts';
import type { Floats } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { addRows } from '../operations/add-rows.ts';
import { linear } from '../operations/linear.ts';
import { mixBlocks } from '../operations/mix-blocks.ts';
import { reshape } from '../operations/reshape.ts';
import { parameter } from '../tape/parameter.ts';
import { constant } from '../tape/tensor.ts';
import type { DenseOptions } from './dense.ts';
import { initialWeights, numbers } from './initial.ts';
import { type Layer, layer } from './layer.ts';

export interface HypercomplexOptions extends DenseOptions {
  /** Parts of a number, n: divides `inputs` and `outputs`. */
  readonly parts: number;
  /** The multiplication table, n × n × n, where it is known: it stays. Left out, it is learned. */
  readonly table?: Floats | undefined;
}

/**
 * A dense layer whose weights are n³ + k·d/n numbers in the place of k·d (PHM), for k outputs and d inputs:
 *
 *     y = H·x + b,   H = Σ_i A_i ⊗ S_i,   A_i n × n,   S_i k/n × d/n
 *
 * `NAME.table` has A_1 … A_n (n × n × n), `NAME.kernel` S_1 … S_n side by side (k/n × d), `NAME.bias` b, which begins at
 * 0. H is never formed; multiplications are as many as those of the dense layer, and n·d·n more a row. A begins normal
 * with variance 1/n, so that entries of H have the variance that `initial` says of k × d. With the table of
 * `cayleyDicksonTable(4)` the rows are quaternions and the layer multiplies by quaternions from the left.
 *
 * @throws OptionError where n does not divide inputs and outputs, or the table has not n³ numbers
 */
export function hypercomplex({
  name,
  inputs,
  outputs,
  parts: n,
  table,
  bias = true,
  initial = 'glorot',
  seed = 0,
  float64,
}: HypercomplexOptions): Layer {
  requireParts(n, inputs, outputs, table);
  const random = (own: string) => Random.fromSeed(seed).fork(own);
  const shape = [n, n, n];
  const learned = table
    ? []
    : [parameter(`${name}.table`, normals(random(`${name}.table`), n, float64), shape)];
  const rules = table ? constant(table, shape) : learned[0];
  // A whole k × d gives the deviation; its first rows are enough of it.
  const whole = initialWeights(outputs, inputs, initial, random(`${name}.kernel`), float64);
  const kernel = parameter(`${name}.kernel`, whole.slice(0, (outputs / n) * inputs), [
    outputs / n,
    inputs,
  ]);
  const shift = bias ? parameter(`${name}.bias`, numbers(outputs, float64), [outputs]) : undefined;
  return layer([...learned, kernel, ...(shift ? [shift] : [])], (x) => {
    const y = reshape(linear(mixBlocks(x, rules), kernel), [...x.shape.slice(0, -1), outputs]);
    return shift ? addRows(y, shift) : y;
  });
}

function normals(random: Random, n: number, float64: boolean | undefined): Floats {
  const data = numbers(n ** 3, float64);
  for (let e = 0; e < data.length; e++) data[e] = random.normal() / Math.sqrt(n);
  return data;
}

function requireParts(n: number, inputs: number, outputs: number, table: Floats | undefined): void {
  if (!(Number.isInteger(n) && n >= 1 && inputs % n === 0 && outputs % n === 0))
    throw new OptionError(
      'hypercomplex',
      'parts',
      `a whole number that divides ${inputs} inputs and ${outputs} outputs`,
      n,
    );
  if (table && table.length !== n ** 3)
    throw new OptionError('hypercomplex', 'table', `${n ** 3} numbers`, `${table.length}`);
}
