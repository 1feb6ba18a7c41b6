import type { Camera } from '../camera.ts';
import { disk } from './disk.ts';
import { globe } from './globe.ts';
import { lambert } from './lambert.ts';
import { mollweide } from './mollweide.ts';
import { plane } from './plane.ts';
import type { Projection } from './projection.ts';
import { slice } from './slice.ts';
import { stereographic } from './stereographic.ts';

/** What makes the projection of a camera, by its kind or that of its map. */
export const projections = {
  plane,
  disk,
  globe,
  lambert,
  mollweide,
  stereographic,
  slice,
} as const;

export type ProjectionId = keyof typeof projections;

/** The id of what a camera sees the points by. */
export function projectionId(camera: Camera): ProjectionId {
  return camera.kind === 'globe' ? camera.projection : camera.kind;
}

export function projectionOf(camera: Camera): Projection {
  const make: (camera: never) => Projection = projections[projectionId(camera)];
  return make(camera as never);
}
