import { ShapeError } from '../../core/errors.ts';
import type { Matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { sphere } from '../../manifolds/sphere.ts';
import { linear } from '../operations/linear.ts';
import { normalizeRows } from '../operations/normalize-rows.ts';
import { scale } from '../operations/scale.ts';
import { type Parameter, parameter } from '../tape/parameter.ts';
import { constant, shapeInWords, type Tensor } from '../tape/tensor.ts';
import { type LayerOptions, numbers } from './initial.ts';
import { type Layer, layer } from './layer.ts';

export interface PrototypesOptions extends LayerOptions {
  readonly classes: number;
  readonly cols: number;
  /** Logits are cosines times this. Default 16. */
  readonly scale?: number | undefined;
  /** Directions that stay as they are, classes × cols, such as a spherical code; left out, they are learned. */
  readonly fixed?: Matrix | undefined;
}

/** A classifier head by direction, and its prototypes as a tensor, for a loss that spreads them. */
export type Prototypes = Layer & { readonly directions: Tensor };

/**
 * A unit vector for each class; logits are the cosines of x with them: s·⟨x/‖x‖, p_c⟩. Learned ones are points of the
 * sphere, `NAME.weight` (classes × cols), uniform at the start, and are moved by a rule for manifolds; fixed ones
 * are no parameters.
 */
export function prototypes({
  name,
  classes,
  cols,
  scale: factor = 16,
  fixed,
  seed = 0,
  float64,
}: PrototypesOptions): Prototypes {
  const shape = [classes, cols];
  if (fixed && (fixed.rows !== classes || fixed.cols !== cols))
    throw new ShapeError(
      'prototypes',
      `fixed directions, ${shapeInWords(shape)}`,
      shapeInWords([fixed.rows, fixed.cols]),
    );
  const learned: Parameter[] = [];
  if (!fixed) {
    const random = Random.fromSeed(seed).fork(`${name}.weight`);
    const data = numbers(classes * cols, float64);
    for (let c = 0; c < classes; c++)
      sphere.randomPoint(random, data.subarray(c * cols, (c + 1) * cols));
    learned.push(parameter(`${name}.weight`, data, shape, { manifold: sphere }));
  }
  const directions = fixed ? normalizeRows(constant(fixed.data, shape)) : learned[0];
  const head = layer(learned, (x: Tensor) => scale(linear(normalizeRows(x), directions), factor));
  return Object.assign(head, { directions });
}
