/** How the points are seen. Plain data: what two tiers draw of the same camera is the same. */
export type Camera = PlaneCamera | GlobeCamera;

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
  /** The radius of the sphere in pixels. */
  readonly scale: number;
  /** Where the middle of the sphere is, from the middle of the picture, in pixels. */
  readonly shift: readonly [number, number];
  /**
   * `globe`: orthographic, the far side behind the near one. `lambert`, `mollweide`: equal-area maps of the whole
   * sphere. `stereographic`: angles kept, the far pole at infinity. `disk`: points of the Poincaré disk, 2 columns.
   */
  readonly projection: 'globe' | 'lambert' | 'mollweide' | 'stereographic';
}

/** The picture's size in pixels of the screen (device pixels). */
export interface Size {
  readonly width: number;
  readonly height: number;
}
