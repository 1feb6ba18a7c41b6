import type { Matrix } from '../../core/matrix.ts';

/** How digits are written, by their pixels: square images in rows, gray values from 0 to 1. */
export interface StrokeShapes {
  /** μ₁₁/μ₀₂, the horizontal shift of ink a pixel down, about the center of the ink: the tangent of the slant. */
  readonly slant: Float64Array;
  /** Ink over half its outline, in pixels: the width of a line that is long beside it. */
  readonly thickness: Float64Array;
}

/** Slant and thickness of each image; an image without ink has neither: 0. */
export function strokeShapes({ data, rows: n, cols }: Matrix): StrokeShapes {
  const side = Math.sqrt(cols);
  const slant = new Float64Array(n);
  const thickness = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const image = data.subarray(i * cols, (i + 1) * cols);
    slant[i] = slantOf(image, side);
    thickness[i] = thicknessOf(image, side);
  }
  return { slant, thickness };
}

function slantOf(image: Matrix['data'], side: number): number {
  let [ink, x, y] = [0, 0, 0];
  for (const [p, gray] of image.entries()) {
    ink += gray;
    x += gray * (p % side);
    y += gray * Math.floor(p / side);
  }
  if (ink === 0) return 0;
  let [both, vertical] = [0, 0];
  for (const [p, gray] of image.entries()) {
    const [dx, dy] = [(p % side) - x / ink, Math.floor(p / side) - y / ink];
    both += gray * dx * dy;
    vertical += gray * dy * dy;
  }
  return vertical > 0 ? both / vertical : 0;
}

/** The outline by total variation: the sum of the changes from pixel to pixel. */
function thicknessOf(image: Matrix['data'], side: number): number {
  const at = (row: number, column: number) =>
    row < 0 || column < 0 || row >= side || column >= side ? 0 : image[row * side + column];
  let [ink, outline] = [0, 0];
  for (let row = 0; row <= side; row++) {
    for (let column = 0; column <= side; column++) {
      const [dx, dy] = [
        at(row, column) - at(row, column - 1),
        at(row, column) - at(row - 1, column),
      ];
      ink += at(row, column);
      outline += Math.sqrt(dx * dx + dy * dy);
    }
  }
  return outline > 0 ? (2 * ink) / outline : 0;
}
