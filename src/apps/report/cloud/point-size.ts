import type { Size } from '../../../view/camera.ts';

/** Pixels across a point: a third of the room that each has, so that crowds are seen to be crowds. */
export function pointSize(count: number, { width, height }: Size): number {
  const room = Math.sqrt((width * height) / Math.max(1, count));
  return Math.max(1.8, Math.min(5.5, room / 3));
}
