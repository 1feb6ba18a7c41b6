import { ShapeError } from '../../core/errors.ts';
import { shapeInWords, type Tensor } from '../tape/tensor.ts';
import { mean } from './mean.ts';
import { reshape } from './reshape.ts';

/** The mean of each channel over the whole image: x n × h × w × c, y n × c. */
export function globalAveragePool(x: Tensor): Tensor {
  const [n, height, width, channels] = x.shape;
  if (x.shape.length !== 4)
    throw new ShapeError(
      'globalAveragePool',
      'images n × height × width × channels',
      shapeInWords(x.shape),
    );
  return mean(reshape(x, [n, height * width, channels]), 1);
}
