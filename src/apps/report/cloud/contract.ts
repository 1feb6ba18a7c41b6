import type { ProjectionId } from '../../../view/projections/index.ts';

/** One picture of the rows. */
export interface CloudPanel {
  readonly title: string;
  /** n × 2, or n × 3 of unit length; NaN where a row has no place. */
  readonly positions: Float32Array;
  /** Where the rows went: the picture moves from one to the other. */
  readonly after?: Float32Array | undefined;
}

/** Rows that are marked over the others. */
export interface CloudMark {
  readonly shape: 'ring' | 'square';
  readonly label: string;
  readonly rows: readonly number[];
}

export interface CloudClasses {
  readonly names: readonly string[];
  /** n: the class of each row; −1 for none. */
  readonly of: ArrayLike<number>;
}

/** A number in [0, 1] about each row, told when one points at it; NaN for none. */
export interface CloudReading {
  readonly title: string;
  readonly values: ArrayLike<number>;
}

/** A figure of points that can be moved, pointed at and searched; on paper it is a picture of them. */
export interface CloudFigure {
  /** Unique in its page. */
  readonly id: string;
  readonly name: string;
  readonly reading: string;
  readonly dims: 2 | 3;
  readonly panels: readonly CloudPanel[];
  /** How the points may be seen, the first view first. */
  readonly projections: readonly ProjectionId[];
  /** How they are seen on paper; left out, as at first. */
  readonly still?: ProjectionId | undefined;
  /** What rows are called: one visible line each. */
  readonly labels: readonly string[];
  /** Whether names are shown without being asked for; rows without names of their own are only numbered. */
  readonly isNamed: boolean;
  /** Rows whose names are shown first, the most important first. */
  readonly landmarks: readonly number[];
  readonly classes?: CloudClasses | undefined;
  readonly marks?: readonly CloudMark[] | undefined;
  readonly readings?: readonly CloudReading[] | undefined;
}
