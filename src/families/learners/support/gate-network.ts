import type { Floats } from '../../../core/matrix.ts';
import { Random } from '../../../core/random.ts';
import {
  add,
  batchNorm,
  constant,
  dense,
  type Layer,
  layer,
  layerNorm,
  type Parameter,
  parameter,
  relu,
  runningStatistics,
  scale,
  sigmoid,
  type Tensor,
  take,
} from '../../../learning/index.ts';
import { type EncoderSettings, encoderOf } from './encoders.ts';

export interface GatedSettings extends EncoderSettings {
  readonly classes: readonly string[];
  /** Columns of the projection, which the gates are for. */
  readonly projection: number;
  /** Columns of what the gates know of a class. */
  readonly gateDim: number;
  readonly gate: boolean;
  readonly seed: number;
}

type Gates = (a: Int32Array, b: Int32Array, training: boolean) => Tensor;

/** Encoder, projector and the gates of pairs of classes. */
export function gatedNetwork(settings: GatedSettings, like: Floats) {
  const { hidden, dim, projection, seed } = settings;
  const context = { seed, float64: like instanceof Float64Array };
  const encoder = encoderOf(settings, context);
  const inner = dense({
    ...context,
    name: 'projector.0',
    inputs: dim,
    outputs: hidden,
    initial: 'he',
  });
  const outer = dense({ ...context, name: 'projector.1', inputs: hidden, outputs: projection });
  const [gain, bias] = affine('projector.norm', projection, like);
  const projector: Layer = layer(
    [...inner.parameters, ...outer.parameters, gain, bias],
    (x: Tensor) => layerNorm(outer(relu(inner(x))), gain, bias),
  );
  const { gates, parameters, also } = settings.gate
    ? learned(settings, like)
    : open(projection, like);
  return {
    like,
    encoder,
    projector,
    gates,
    parameters: [...encoder.parameters, ...projector.parameters, ...parameters],
    also,
  };
}

/** g(a, b) = σ(MLP((e_a + e_b)/2)): relu and batch norm, to 2·gateDim columns, relu and batch norm, to the projection. */
function learned({ classes, projection, gateDim, seed }: GatedSettings, like: Floats) {
  const context = { seed, float64: like instanceof Float64Array };
  const random = Random.fromSeed(seed).fork('gate.classes');
  const normals = numbers(classes.length * gateDim, like);
  for (let e = 0; e < normals.length; e++) normals[e] = random.normal();
  const table = parameter('gate.classes', normals, [classes.length, gateDim]);
  const [before, after] = [
    normed('gate.norm.0', gateDim, like),
    normed('gate.norm.1', 2 * gateDim, like),
  ];
  const inner = dense({
    ...context,
    name: 'gate.0',
    inputs: gateDim,
    outputs: 2 * gateDim,
    initial: 'he',
  });
  const outer = dense({ ...context, name: 'gate.1', inputs: 2 * gateDim, outputs: projection });
  const gates: Gates = (a, b, training) => {
    const both = scale(add(take(table, a), take(table, b)), 0.5);
    const wide = after.apply(relu(inner(before.apply(relu(both), training))), training);
    return sigmoid(outer(wide));
  };
  return {
    gates,
    parameters: [
      table,
      ...before.parameters,
      ...inner.parameters,
      ...after.parameters,
      ...outer.parameters,
    ],
    also: { 'gate.norm.0': before.also, 'gate.norm.1': after.also },
  };
}

function open(projection: number, like: Floats) {
  const gates: Gates = ({ length }) =>
    constant(numbers(length * projection, like).fill(1), [length, projection]);
  return { gates, parameters: [] as readonly Parameter[], also: {} };
}

/** Batch normalization with all that it learns and remembers. */
function normed(name: string, d: number, like: Floats) {
  const [gain, bias] = affine(name, d, like);
  const running = runningStatistics(name, d);
  return {
    apply: (x: Tensor, training: boolean) => batchNorm(x, gain, bias, running, { training }),
    parameters: [gain, bias],
    also: { mean: running.mean.data, variance: running.variance.data },
  };
}

function affine(name: string, d: number, like: Floats): readonly [Parameter, Parameter] {
  return [
    parameter(`${name}.gain`, numbers(d, like).fill(1), [d]),
    parameter(`${name}.bias`, numbers(d, like), [d]),
  ];
}

const numbers = (length: number, like: Floats): Floats =>
  new (like.constructor as new (n: number) => Floats)(length);
