import type { Matrix } from '../../../core/matrix.ts';
import type { Column, VectorTable } from '../../../io/index.ts';
import type { Model } from '../../../learning/index.ts';
import type { Directions } from '../../../structures/directions/index.ts';
import type { FieldInfo, MapInfo } from '../contract.ts';

/** A table of the session: as it was opened, or as an action left it. */
export interface StudioTable {
  /** `a`, `b`, … in the order in which they came. */
  readonly id: string;
  readonly name: string;
  /** What commands that help call its file, where that is not its name. */
  readonly called?: string | undefined;
  readonly sha256: string;
  /** How the command line was told to read it; for the recipe. */
  readonly flags?: Readonly<Record<string, unknown>> | undefined;
  readonly table: VectorTable;
  /** Values of each row by id: columns of the file, and what actions measured. */
  readonly fields: ReadonlyMap<string, StudioField>;
  /** The rows before the last action that moved them, n × any: what neighbors are compared with. */
  readonly before?: Matrix<Float32Array> | undefined;
}

export interface StudioField {
  readonly info: FieldInfo;
  readonly values: Column;
}

/** Where the rows of a table are drawn. */
export interface StudioMap {
  readonly info: MapInfo;
  /** n × 2 or n × 3, float32. */
  readonly points: Matrix<Float32Array>;
  /** How new rows come into it; left out where none can. */
  readonly placing?: Placing | undefined;
  /** What made it, to make it again; left out where that can't be done. */
  readonly made?: MadeBy | undefined;
}

/** The action that made a map, with all its parameters. */
export interface MadeBy {
  readonly action: 'map' | 'given-map';
  readonly parameters: Readonly<Record<string, unknown>>;
}

/** A saved reduction, or projections on directions. */
export type Placing =
  | { readonly kind: 'reduction'; readonly method: string; readonly model: Model }
  | {
      readonly kind: 'directions';
      readonly basis: Matrix<Float64Array>;
      readonly origin: Float64Array;
      /** Whether rows are scaled to unit length first. */
      readonly ofDirections: boolean;
    };

/** Directions that were fitted to a table, or given. */
export interface StudioAxis {
  readonly name: string;
  readonly table: string;
  readonly directions: Directions;
}

export interface StudioSelection {
  readonly name: string;
  readonly table: string;
  /** Ascending. */
  readonly rows: Int32Array;
}

/**
 * What a session holds. It is never changed: an action makes a new one that shares what is the same, so that undoing is
 * going back to the one before.
 */
export interface State {
  readonly tables: ReadonlyMap<string, StudioTable>;
  readonly maps: ReadonlyMap<string, StudioMap>;
  readonly selections: ReadonlyMap<string, StudioSelection>;
  readonly axes: ReadonlyMap<string, StudioAxis>;
}

export const EMPTY_STATE: State = {
  tables: new Map(),
  maps: new Map(),
  selections: new Map(),
  axes: new Map(),
};
