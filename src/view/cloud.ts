import { ShapeError } from '../core/errors.ts';

/** What is drawn: n points with a shade each. Views of memory that the owner does not change while it is drawn. */
export interface Cloud {
  /** n × m, row by row: m = 2 on a map, m = 3 for points of the unit sphere. */
  readonly positions: Float32Array;
  readonly dims: 2 | 3;
  /** n places in the palette; what looks alike has the same shade. */
  readonly shades: Uint8Array;
  /** n: 1 where a point is not drawn and can't be picked. */
  readonly hidden?: Uint8Array | undefined;
  /** n: 1 where a point is selected; while any is, the others are drawn paler. */
  readonly selected?: Uint8Array | undefined;
}

/** Colors as 0xRRGGBB; shade s is drawn in `colors[s]`, and no more than 256 are used. */
export interface Palette {
  readonly colors: Uint32Array;
  readonly background: number;
}

/** The number of points; refuses arrays that do not belong together. */
export function pointCount(cloud: Cloud): number {
  const { positions, dims, shades, hidden, selected } = cloud;
  const n = positions.length / dims;
  for (const [name, { length }] of Object.entries({ shades, hidden, selected }).flatMap(
    ([name, values]) => (values ? [[name, values] as const] : []),
  )) {
    if (length !== n) throw new ShapeError('view', `${n} ${name}, one a point`, `${length}`);
  }
  return n;
}
