import { alike, type Floats, type Matrix, matrix } from '../../../core/matrix.ts';
import {
  batchNorm,
  dense,
  type Fitted,
  type Layer,
  layer,
  type Parameter,
  parameter,
  type RunningStatistics,
  relu,
  runningStatistics,
  type Tensor,
} from '../../../learning/index.ts';
import { lessRow } from '../../../numerics/rows/centered.ts';
import type { PlaceContext } from '../types.ts';

const EPSILON = 1e-5;

interface Norm {
  readonly gain: Parameter;
  readonly bias: Parameter;
  readonly running: RunningStatistics;
}

/** A layer without a shift; all but the last have a batch normalization and relu behind them. */
interface Stage {
  readonly linear: Layer;
  readonly norm?: Norm | undefined;
}

export interface LayeredNetwork {
  readonly stages: readonly Stage[];
  readonly parameters: readonly Parameter[];
  /** Running statistics, by name. */
  readonly also: Readonly<Record<string, Floats>>;
  /** In training: normalized over the rows at hand. */
  readonly train: (x: Tensor) => Tensor;
}

/** A perceptron with batch normalization; with two sizes one linear layer. */
export function layeredNetwork(
  name: string,
  sizes: readonly number[],
  seed: number,
  like: Floats,
): LayeredNetwork {
  const float64 = like instanceof Float64Array;
  const stages = sizes.slice(1).map((outputs, s): Stage => {
    const own = `${name}.${s}`;
    const isLast = s === sizes.length - 2;
    const initial = isLast ? 'glorot' : 'he';
    const linear = dense({
      name: own,
      inputs: sizes[s],
      outputs,
      bias: false,
      initial,
      seed,
      float64,
    });
    return { linear, norm: isLast ? undefined : normOf(`${own}.norm`, outputs, float64) };
  });
  const norms = stages.flatMap(({ norm }) => (norm ? [norm.running] : []));
  const statistics = norms.flatMap(({ mean, variance }) => [mean, variance]);
  const { parameters } = layer(
    stages.flatMap(({ linear, norm }) => [
      ...linear.parameters,
      ...(norm ? [norm.gain, norm.bias] : []),
    ]),
    (x: Tensor) => x,
  );
  return {
    stages,
    parameters,
    also: Object.fromEntries(statistics.map((own) => [own.name, own.data])),
    train: (x) => stages.reduce(trained, x),
  };
}

function normOf(name: string, cols: number, float64: boolean): Norm {
  const numbers = () => (float64 ? new Float64Array(cols) : new Float32Array(cols));
  return {
    gain: parameter(`${name}.gain`, numbers().fill(1), [cols]),
    bias: parameter(`${name}.bias`, numbers(), [cols]),
    running: runningStatistics(name, cols),
  };
}

function trained(x: Tensor, { linear, norm }: Stage): Tensor {
  const y = linear(x);
  if (!norm) return y;
  const { gain, bias, running } = norm;
  return relu(batchNorm(y, gain, bias, running, { training: true, epsilon: EPSILON }));
}

/**
 * The arrays of the trained network for rows as they come: the normalizations, which are fixed now, and the scaling of the
 * rows, (x − mean)/deviation, are part of the weights.
 */
export function layerArrays(
  { stages }: LayeredNetwork,
  mean: Float64Array,
  deviation: number,
): Fitted['arrays'] {
  const arrays: Record<string, Matrix> = { mean: matrix(mean, 1, mean.length) };
  stages.forEach(({ linear, norm }, s) => {
    const [{ data, shape }] = linear.parameters;
    const [outputs, inputs] = shape;
    const weight = Float64Array.from(data);
    const shift = new Float64Array(outputs);
    for (let o = 0; o < outputs; o++) {
      const { factor, offset } = norm ? fixedNorm(norm, o) : { factor: 1, offset: 0 };
      const scale = s === 0 ? factor / deviation : factor;
      for (let e = o * inputs; e < (o + 1) * inputs; e++) weight[e] *= scale;
      shift[o] = offset;
    }
    arrays[`weight.${s}`] = matrix(weight, outputs, inputs);
    arrays[`shift.${s}`] = matrix(shift, 1, outputs);
  });
  return arrays;
}

/** A channel's normalization by its running statistics: y ↦ factor·y + offset. */
function fixedNorm({ gain, bias, running: { mean, variance } }: Norm, channel: number) {
  const factor = gain.data[channel] / Math.sqrt(variance.data[channel] + EPSILON);
  return { factor, offset: bias.data[channel] - factor * mean.data[channel] };
}

/** What the network makes of rows: r × d → r × m. */
export async function throughLayers(
  { arrays }: Pick<Fitted, 'arrays'>,
  rows: Matrix,
  { engine, work }: PlaceContext,
): Promise<Matrix> {
  const count = Object.keys(arrays).filter((name) => name.startsWith('weight.')).length;
  let x: Matrix = lessRow(rows, arrays['mean'].data);
  for (let s = 0; s < count; s++) {
    const weight = alike(arrays[`weight.${s}`], rows);
    const bias = alike(arrays[`shift.${s}`], rows).data;
    x = await engine.matmul(x, weight, { transposeB: true, bias }, work);
    const isLast = s === count - 1;
    if (!isLast) for (let e = 0; e < x.data.length; e++) x.data[e] = Math.max(0, x.data[e]);
  }
  return x;
}
