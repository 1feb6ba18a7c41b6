/**
 * A camera's map from points to the flat, whose unit is a radius of the sphere or a unit of the map. What makes one
 * uses nothing from outside itself: its text is sent to the worker that draws.
 */
export interface Projection {
  /** Whether points lie behind one another. */
  readonly hasDepth: boolean;
  /** Half axes of the ellipse around all that can be seen; none where there is no end. */
  readonly outline: readonly [number, number] | undefined;
  /** Half width and height of what a first view shows; none where the points decide. */
  readonly extent: readonly [number, number] | undefined;
  /** Writes right, up, and depth towards the reader in [−1, 1]; NaN where the point has no place. */
  project(x: number, y: number, z: number, out: Float64Array): void;
  /** Writes the point that is seen there, the front one of two; false where there is none. */
  unproject(right: number, up: number, out: Float64Array): boolean;
}
