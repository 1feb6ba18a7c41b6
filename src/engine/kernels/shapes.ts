import { ShapeError } from '../../core/errors.ts';
import type { Matrix } from '../../core/matrix.ts';

export function requireSameShape(where: string, name: string, given: Matrix, like: Matrix): void {
  if (given.rows === like.rows && given.cols === like.cols) return;
  const got = `${given.rows} × ${given.cols}`;
  throw new ShapeError(where, `${name} of ${like.rows} × ${like.cols}`, got);
}
