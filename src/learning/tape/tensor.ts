import { ShapeError } from '../../core/errors.ts';
import type { Floats } from '../../core/matrix.ts';
import type { Engine, MaybePromise } from '../../engine/engine.ts';
import type { RowGradient } from './row-gradient.ts';
import type { Workspace } from './workspace.ts';

/** Lengths of the axes, the slowest first; `[]` is a single number. */
export type Shape = readonly number[];

/**
 * A node of a computation that has not run yet: what it is made of, and how. Values come from `evaluate` and
 * `gradientsOf`, which run everything below a tensor once.
 */
export interface Tensor {
  readonly shape: Shape;
  /** The operation's name, for error messages. */
  readonly name: string;
  readonly inputs: readonly Tensor[];
  /** Undefined for a leaf, which has `data`. */
  readonly rule?: Rule | undefined;
  readonly data?: Floats | undefined;
  /** Whether a parameter lies below, so that a gradient has somewhere to go. */
  readonly needsGradient: boolean;
  /** The tensor whose rule this one has, over other inputs: see `substituted`. */
  readonly origin?: Tensor | undefined;
}

/** What an operation gets to compute its value. */
export interface ForwardPass {
  readonly engine: Engine;
  /** Where all of this is computed: for operations that run a computation of their own. */
  readonly workspace: Workspace;
  /** The values of the inputs: not to be changed. */
  readonly inputs: readonly Floats[];
  /** The result's place. It holds anything: to be overwritten. */
  readonly out: Floats;
  /** Memory for `length` numbers that lasts until the gradient has passed; it holds anything. */
  readonly room: (length: number) => Floats;
}

/** What an operation gets to pass the gradient ∂L/∂out on to its inputs. */
export interface BackwardPass extends ForwardPass {
  /** ∂L/∂out. */
  readonly gradient: Floats;
  /** The place of ∂L/∂input, to be overwritten; null where nobody wants it. */
  readonly to: readonly (Floats | null)[];
  /** Adds to ∂L/∂input of a parameter that is `byRows`: its place in `to` is null. */
  readonly addRows: (input: number, rows: RowGradient) => void;
}

export interface Rule {
  forward(pass: ForwardPass): MaybePromise<void>;
  backward(pass: BackwardPass): MaybePromise<void>;
}

/** A new node. What `forward` wants to hand to `backward` it keeps in variables around both. */
export function operation(
  name: string,
  inputs: readonly Tensor[],
  shape: Shape,
  rule: Rule,
): Tensor {
  return { name, inputs, shape, rule, needsGradient: inputs.some((input) => input.needsGradient) };
}

/** A tensor of known values, which are not copied. */
export function constant(data: Floats, shape: Shape = [data.length]): Tensor {
  requireLength('constant', data, shape);
  return { name: 'constant', shape, inputs: [], data, needsGradient: false };
}

/** How many numbers a shape holds. */
export function sizeOf(shape: Shape): number {
  return shape.reduce((product, length) => product * length, 1);
}

/** `2 × 3`; `one number` for `[]`. */
export function shapeInWords(shape: Shape): string {
  return shape.length === 0 ? 'one number' : shape.join(' × ');
}

export function requireLength(where: string, data: Floats, shape: Shape): void {
  if (data.length !== sizeOf(shape))
    throw new ShapeError(
      where,
      `${sizeOf(shape)} values for ${shapeInWords(shape)}`,
      `${data.length}`,
    );
}

/** A tensor seen as a matrix: its last axis is a row, all others count rows. */
export function rowsOf(shape: Shape): readonly [rows: number, cols: number] {
  const cols = shape.at(-1) ?? 1;
  return [shape.length === 0 ? 1 : sizeOf(shape.slice(0, -1)), cols];
}
