/** How the points are seen. Plain data: what two tiers draw of the same camera is the same. */
export type Camera = PlaneCamera | GlobeCamera | DiskCamera;

/** A map seen from above. */
export interface PlaneCamera {
  readonly kind: 'plane';
  /** The point of the map in the middle of the picture. */
  readonly center: readonly [number, number];
  /** Pixels of the picture a unit of the map. */
  readonly scale: number;
}

/** The unit sphere turned, seen from afar or flattened. */
export interface GlobeCamera {
  readonly kind: 'globe';
  /** Rotation, 3 × 3 row by row: a point p is seen at Rp, whose third coordinate looks at the reader. */
  readonly turn: readonly number[];
  /** Pixels of the picture a unit: the radius of the sphere seen from afar. */
  readonly scale: number;
  /** Where the middle of the sphere is, from the middle of the picture, in pixels right and down. */
  readonly shift: readonly [number, number];
  readonly projection: GlobeProjection;
}

/**
 * `globe`: orthographic, the far side behind the near one. `lambert`, `mollweide`: equal-area maps of the whole
 * sphere. `stereographic`: angles kept, the far pole at infinity. `slice`: the great circle of the first two rows of
 * the turn; points lie at their angle along it, the farther from the circle the farther off.
 */
export type GlobeProjection = 'globe' | 'lambert' | 'mollweide' | 'stereographic' | 'slice';

/** The Poincaré disk, moved by its own isometries. */
export interface DiskCamera {
  readonly kind: 'disk';
  /** The point of the disk that is seen in its middle, inside the unit circle. */
  readonly center: readonly [number, number];
  /** The radius of the disk in pixels. */
  readonly scale: number;
  /** Where the middle of the disk is, from the middle of the picture, in pixels right and down. */
  readonly shift: readonly [number, number];
}

/** The picture's size in pixels of the screen (device pixels). */
export interface Size {
  readonly width: number;
  readonly height: number;
}
