import type { Placement } from './placement.ts';

/**
 * The row that a place of the picture means: within the radius the nearest on a map; on the globe the front-most of
 * those on the side of the nearest one. Ties go to the lower row; −1 where there is none.
 */
export function picked(
  { x, y, depth }: Placement,
  atX: number,
  atY: number,
  radius: number,
): number {
  let best = -1;
  let least = radius * radius;
  let isFront = false;
  for (let i = 0; i < x.length; i++) {
    const dx = x[i] - atX;
    const dy = y[i] - atY;
    const square = dx * dx + dy * dy;
    if (!(square <= radius * radius)) continue;
    const front = depth[i] >= 0;
    // The near side hides the far one; on one side, what is nearest to the pointer is meant.
    const isBetter = front === isFront ? square < least || best < 0 : front || best < 0;
    if (!isBetter) continue;
    best = i;
    least = square;
    isFront = front;
  }
  return best;
}
