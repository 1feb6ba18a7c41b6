import type { ProjectionId } from '../projections/index.ts';

/** What the shaders call the projections. */
export const PROJECTION_NUMBERS: Readonly<Record<ProjectionId, number>> = {
  plane: 0,
  disk: 1,
  globe: 2,
  lambert: 3,
  mollweide: 4,
  stereographic: 5,
  slice: 6,
};
