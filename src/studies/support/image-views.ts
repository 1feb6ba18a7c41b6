import { type Floats, type Matrix, zeros } from '../../core/matrix.ts';
import type { View } from '../../learning/index.ts';

/** Square images at half the side, each pixel the mean of four. */
export function halvedImages(images: Matrix): Matrix<Float32Array> {
  const side = Math.sqrt(images.cols);
  const half = side / 2;
  const out = zeros(images.rows, half * half);
  for (let e = 0; e < out.data.length; e++) {
    const [i, y, x] = [Math.floor(e / (half * half)), Math.floor(e / half) % half, e % half];
    const at = i * images.cols + 2 * y * side + 2 * x;
    const { data } = images;
    out.data[e] = (data[at] + data[at + 1] + data[at + side] + data[at + side + 1]) / 4;
  }
  return out;
}

/** Views of square images: moved by up to `shift` pixels along each axis, brighter or darker by up to 40 %. */
export function movedView(side: number, shift: number): View {
  return (row: Floats, out: Floats, random) => {
    const draw = () => random.integer(2 * shift + 1) - shift;
    const [dx, dy] = [draw(), draw()];
    const light = 0.6 + 0.8 * random.uniform();
    for (let y = 0; y < side; y++) {
      for (let x = 0; x < side; x++) {
        const [fromX, fromY] = [x + dx, y + dy];
        const isInside = fromX >= 0 && fromX < side && fromY >= 0 && fromY < side;
        out[y * side + x] = isInside ? light * row[fromY * side + fromX] : 0;
      }
    }
  };
}
