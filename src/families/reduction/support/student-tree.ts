import { type SpaceTree, spaceTree } from './space-tree.ts';
import type { Repulsion } from './student-kernel.ts';

/** A box whose diagonal is below this share of its distance acts as its mean. */
const ANGLE = 0.8;

/** The repulsion of t-SNE in three dimensions by a tree of boxes (Barnes and Hut 1986), O(n log n). */
export const treeRepulsion: Repulsion = (places, forces) => {
  const tree = spaceTree(places);
  const { order, places: sorted } = tree;
  const force = new Float64Array(3);
  let total = 0;
  for (let at = 0; at < order.length; at++) {
    const [x, y, z] = [sorted[3 * at], sorted[3 * at + 1], sorted[3 * at + 2]];
    total += studentField(tree, x, y, z, force);
    forces.set(force, 3 * order[at]);
  }
  return total - order.length;
};

/** Σⱼ k and Σⱼ k²(y − yⱼ) at a place over all points, one that lies there included. */
export function studentField(
  { boxes, first, end, skip, means, diagonals, places }: SpaceTree,
  x: number,
  y: number,
  z: number,
  force: Float64Array,
): number {
  let [total, forceX, forceY, forceZ] = [0, 0, 0, 0];
  let box = 0;
  while (box < boxes) {
    const dx = x - means[3 * box];
    const dy = y - means[3 * box + 1];
    const dz = z - means[3 * box + 2];
    const gap = dx * dx + dy * dy + dz * dz;
    const count = end[box] - first[box];
    if (diagonals[box] <= ANGLE * ANGLE * gap || diagonals[box] === 0) {
      const kernel = 1 / (1 + gap);
      total += count * kernel;
      const squared = count * kernel * kernel;
      forceX += squared * dx;
      forceY += squared * dy;
      forceZ += squared * dz;
      box = skip[box];
      continue;
    }
    if (skip[box] === box + 1) {
      for (let at = 3 * first[box]; at < 3 * end[box]; at += 3) {
        const ax = x - places[at];
        const ay = y - places[at + 1];
        const az = z - places[at + 2];
        const kernel = 1 / (1 + ax * ax + ay * ay + az * az);
        total += kernel;
        const squared = kernel * kernel;
        forceX += squared * ax;
        forceY += squared * ay;
        forceZ += squared * az;
      }
    }
    box += 1;
  }
  force[0] = forceX;
  force[1] = forceY;
  force[2] = forceZ;
  return total;
}
