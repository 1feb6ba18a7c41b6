import { OptionError } from '../../core/errors.ts';
import type { Floats } from '../../core/matrix.ts';
import type { Random } from '../../core/random.ts';
import { operation, sizeOf, type Tensor } from '../tape/tensor.ts';

/**
 * Each number is 0 with probability `rate`, and else divided by 1 − rate, so that its mean stays. For training:
 * what is evaluated leaves it out.
 *
 * @param rate in [0, 1); 0 leaves x as it is
 * @param random a stream of this step and place, such as `random.fork(step).fork('hidden')`. How much of it was used
 *   does not matter: computing again drops the same numbers
 */
export function dropout(x: Tensor, rate: number, random: Random): Tensor {
  if (!(rate >= 0 && rate < 1)) throw new OptionError('dropout', 'rate', 'in [0, 1)', rate);
  if (rate === 0) return x;
  let mask: Floats = new Float32Array(0);
  return operation('dropout', [x], x.shape, {
    forward({ inputs: [a], out, room }) {
      mask = room(sizeOf(x.shape));
      drawMask(mask, rate, random.fork('dropout'));
      for (let e = 0; e < out.length; e++) out[e] = a[e] * mask[e];
    },
    backward({ gradient, to: [toX] }) {
      if (toX) for (let e = 0; e < toX.length; e++) toX[e] = gradient[e] * mask[e];
    },
  });
}

/**
 * A byte decides for each number, four bytes a draw; the one byte that the rate cuts in two draws again, so that the
 * rate is met to all its digits.
 */
function drawMask(mask: Floats, rate: number, random: Random): void {
  const cut = Math.floor(rate * 256);
  const dropped = rate * 256 - cut;
  const kept = 1 / (1 - rate);
  let bits = 0;
  for (let e = 0; e < mask.length; e++) {
    bits = e % 4 === 0 ? random.uint32() : bits >>> 8;
    const byte = bits & 255;
    mask[e] = kept * Number(byte > cut || (byte === cut && random.uniform() >= dropped));
  }
}
