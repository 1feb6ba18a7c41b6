import { OptionError } from '../../../core/errors.ts';
import { type Matrix, matrix } from '../../../core/matrix.ts';
import { Random } from '../../../core/random.ts';
import {
  blockNorms,
  dense,
  type Layer,
  layer,
  linear,
  normalizeRows,
  parameter,
  prototypes,
  reshape,
  scale,
  type Tensor,
} from '../../../learning/index.ts';
import { grassmann } from '../../../manifolds/index.ts';
import { FIXED_CODES, type FixedCode } from './class-vectors.ts';

/** What turns an embedding into a number for each class. */
export const HEADS = ['softmax', 'prototypes', 'subspaces', ...FIXED_CODES] as const;

export interface HeadSettings {
  readonly head: (typeof HEADS)[number];
  /** Classes, and places reserved for classes to come. */
  readonly places: number;
  readonly dim: number;
  /** What cosines are multiplied by. */
  readonly scale: number;
  /** Dimensions of each class's subspace. */
  readonly subspace: number;
  /** The vectors of a fixed head, row by row. */
  readonly vectors: readonly number[];
}

/** A head, and the directions of its classes where each has one. */
export interface Head {
  readonly logits: Layer;
  readonly directions?: Tensor | undefined;
}

/** Whether training moves a direction for each class, which a dispersion objective can spread. */
export const movesDirections = (head: (typeof HEADS)[number]): boolean =>
  head === 'softmax' || head === 'prototypes';

export const isFixed = (head: (typeof HEADS)[number]): head is FixedCode =>
  (FIXED_CODES as readonly string[]).includes(head);

/** Refuses subspaces that are the whole space, and a spread of class vectors that are none or stay as they are. */
export function requireHead(
  where: string,
  {
    head,
    dim,
    subspace,
    spreadOn,
  }: Pick<HeadSettings, 'head' | 'dim' | 'subspace'> & {
    readonly spreadOn: string;
  },
  spread: boolean,
): void {
  if (head === 'subspaces' && subspace >= dim)
    throw new OptionError(
      where,
      'subspace',
      `below dim (${dim}), or every class has the whole space`,
      subspace,
    );
  if (head === 'dispersed' || !spread || spreadOn !== 'classes' || movesDirections(head)) return;
  const why = isFixed(head) ? 'whose vectors stay as they are' : 'which has no class vectors';
  throw new OptionError(
    where,
    'spreadOn',
    `"features" where something is spread with the head "${head}", ${why}`,
    spreadOn,
  );
}

/**
 * `softmax` W·x + b; `prototypes` s·cos(x, p) with p learned on the sphere; `subspaces` s·‖S·x‖/‖x‖ with S learned, of
 * orthonormal rows; a fixed code s·cos(x, p).
 */
export function headOf(
  { head, places, dim, scale: factor, subspace: k, vectors }: HeadSettings,
  context: { readonly seed: number; readonly float64: boolean },
): Head {
  if (head === 'softmax') {
    const logits = dense({ ...context, name: 'head', inputs: dim, outputs: places });
    return { logits, directions: normalizeRows(logits.parameters[0]) };
  }
  if (head === 'subspaces') return { logits: subspaceHead(places, dim, k, factor, context) };
  const type = context.float64 ? Float64Array : Float32Array;
  const fixed: Matrix | undefined = isFixed(head)
    ? matrix(type.from(vectors), places, dim)
    : undefined;
  const logits = prototypes({
    ...context,
    name: 'head',
    classes: places,
    cols: dim,
    scale: factor,
    fixed,
  });
  return { logits, directions: logits.directions };
}

/** Grassmann class representation: a k-dimensional subspace for each class. */
function subspaceHead(
  places: number,
  dim: number,
  k: number,
  factor: number,
  { seed, float64 }: { readonly seed: number; readonly float64: boolean },
): Layer {
  const manifold = grassmann(k);
  const random = Random.fromSeed(seed).fork('head.weight');
  const data = new (float64 ? Float64Array : Float32Array)(places * k * dim);
  for (let c = 0; c < places; c++)
    manifold.randomPoint(random, data.subarray(c * k * dim, (c + 1) * k * dim));
  const weight = parameter('head.weight', data, [places, k, dim], { manifold });
  const frames = () => reshape(weight, [places * k, dim]);
  return layer([weight], (x: Tensor) =>
    scale(blockNorms(linear(normalizeRows(x), frames()), k), factor),
  );
}
