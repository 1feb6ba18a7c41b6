import { OptionError, ShapeError } from '../../core/errors.ts';
import { type Shape, shapeInWords, type Tensor } from '../tape/tensor.ts';

/** The shape of images whose sides are `factor` times as long. */
export function enlargedShape(where: string, { shape }: Tensor, factor: number): Shape {
  if (shape.length !== 4)
    throw new ShapeError(where, 'images n × height × width × channels', shapeInWords(shape));
  if (!Number.isInteger(factor) || factor < 1)
    throw new OptionError(where, 'factor', 'a whole number from 1', factor);
  const [n, height, width, channels] = shape;
  return [n, factor * height, factor * width, channels];
}
