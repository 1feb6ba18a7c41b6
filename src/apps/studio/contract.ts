import type { PackedArray } from '../../io/packed.ts';
import type { Camera } from '../../view/camera.ts';

/** What an action gives: facts as JSON, and arrays that would be too large as text. */
export interface Answer {
  readonly facts: Readonly<Record<string, unknown>>;
  readonly arrays?: Readonly<Record<string, PackedArray>> | undefined;
}

/** What comes while an action runs, and what ends it. A call is a stream of these; the last is `answer` or `error`. */
export type Packet =
  | { readonly kind: 'progress'; readonly stage: string; readonly done: number }
  | ({ readonly kind: 'frame' } & Answer)
  | ({ readonly kind: 'answer' } & Answer)
  | { readonly kind: 'error'; readonly code: string; readonly sentence: string };

/** One step of a session: it can be done again to the same bytes. */
export interface Step {
  readonly action: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  /** SHA-256 of what the step made, where it made arrays. */
  readonly digest?: string | undefined;
}

/** A file that a recipe begins with. */
export interface RecipeFile {
  /** Id of its table. */
  readonly id: string;
  readonly name: string;
  /**
   * SHA-256 of the points as float32, row by row, little-endian: the same vectors in another format are the same file.
   * Labels and columns don't count; the step that uses them has a digest of its own.
   */
  readonly sha256: string;
  /** How the command line was told to read it: `metadata`, `vector`, … */
  readonly flags?: Readonly<Record<string, unknown>> | undefined;
}

/** A session as data: which files, then which steps. */
export interface StudioRecipe {
  readonly tammes: string;
  readonly engine: string;
  readonly files: readonly RecipeFile[];
  readonly steps: readonly Step[];
}

/** A table of the session, as the page and agents see it. */
export interface TableInfo {
  /** `a`, `b`, … in the order of opening. */
  readonly id: string;
  readonly name: string;
  readonly rows: number;
  readonly columns: number;
  readonly hasLabels: boolean;
  readonly fields: readonly FieldInfo[];
}

/** A value of each row: of the file, or measured. */
export interface FieldInfo {
  readonly id: string;
  readonly title: string;
  /** `time`: milliseconds since 1970, UTC; `picture` and `sound`: paths, addresses or data: texts. */
  readonly kind: 'number' | 'time' | 'category' | 'text' | 'picture' | 'sound';
  /** Categories by how often they occur, at most 100. */
  readonly categories?: readonly { readonly name: string; readonly count: number }[] | undefined;
  readonly range?: readonly [number, number] | undefined;
  /** Rows without a value. */
  readonly missing?: number | undefined;
  /** `file`, or the action that measured it. */
  readonly from: string;
}

export interface MapInfo {
  readonly id: string;
  readonly table: string;
  readonly title: string;
  /** 2 on a map, 3 on the unit sphere. */
  readonly dims: 2 | 3;
  readonly geometry: 'plane' | 'sphere' | 'disk';
  /** Numbers with intervals and what a random map has. */
  readonly quality?: unknown;
  /** The field with the distortion of each row: 0 where its neighbors in the map are true, about ½ by chance. */
  readonly distortion?: string | undefined;
  /** The map that its rows were placed in. */
  readonly within?: string | undefined;
  /** Whether new rows can be placed. */
  readonly places: boolean;
  /** Its rows have got other vectors since: it shows where they were. `again`: `map-again` draws it of the vectors as they are. */
  readonly outdated?: { readonly again: boolean } | undefined;
}

export interface SelectionInfo {
  readonly name: string;
  readonly table: string;
  readonly count: number;
}

/** Directions of the space of a table. */
export interface AxisInfo {
  readonly name: string;
  readonly table: string;
  /** A name for each direction. */
  readonly directions: readonly string[];
  /** Id of the method that fitted them. */
  readonly method: string;
}

/** Everything about a session but its arrays. */
export interface SessionInfo {
  /** Counts up with every change. */
  readonly revision: number;
  readonly tammes: string;
  readonly engine: string;
  /** Ids of what the session can do. */
  readonly actions: readonly string[];
  readonly tables: readonly TableInfo[];
  readonly maps: readonly MapInfo[];
  readonly selections: readonly SelectionInfo[];
  readonly axes: readonly AxisInfo[];
  readonly steps: readonly Step[];
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  /** What the page shows, where it said so: for pictures. */
  readonly shown?: Shown | undefined;
}

export interface Shown {
  readonly map: string;
  readonly color?: string | undefined;
  readonly camera: Camera;
}

/** What a caller listens with while an action runs. */
export interface Listening {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((stage: string, done: number) => void) | undefined;
  /** The next frame is sent when this has returned. */
  readonly onFrame?: ((frame: Answer) => void | Promise<void>) | undefined;
}

/** How a page or an agent speaks to a session, wherever it runs. A refusal is an `Error` whose message is one sentence. */
export interface Connection {
  info(): Promise<SessionInfo>;
  call(
    action: string,
    parameters?: Readonly<Record<string, unknown>>,
    listen?: Listening,
  ): Promise<Answer>;
  undo(): Promise<void>;
  redo(): Promise<void>;
  recipe(): Promise<StudioRecipe>;
  /** Says what the page shows, for pictures that agents ask for. */
  show(shown: Shown): Promise<void>;
  /** Opens a file of the reader, as a table of its own. */
  open(file: File, listen?: Listening): Promise<void>;
  /** The picture or sound of a row. */
  media(table: string, field: string, row: number): Promise<Blob>;
  /**
   * Told of every change, also by others, and in a sentence when the session can't be reached any more; the return value
   * ends it.
   */
  onChange(listener: (info: SessionInfo) => void, onLost?: (sentence: string) => void): () => void;
}
