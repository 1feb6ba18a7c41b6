import type { GivenPoints } from '../../core/given-points.ts';
import type { Matrix } from '../../core/matrix.ts';
import type { Column } from '../../io/table.ts';
import type { ColumnKind, Predicate } from '../../structures/filters/types.ts';
import type { PeerLoader } from '../support/load-peer.ts';

export type { PeerLoader } from '../support/load-peer.ts';

/** What near means: the cosine, the inner product, or minus the Euclidean distance. */
export type Similarity = 'cosine' | 'dot' | 'euclidean';

/** How rows are found: by comparing all, by a graph (HNSW), or by inverted lists. */
export type Way = 'exact' | 'graph' | 'ivf';

/** The rows that another engine is to hold. */
export interface GivenRows {
  /** n × d, stored as float32. */
  readonly points: GivenPoints;
  /** n names. */
  readonly labels?: readonly string[] | undefined;
  /** Columns for filters, n values each; NaN and the empty text are missing. */
  readonly columns?: Readonly<Record<string, Column>> | undefined;
}

/** The same after its checks. */
export interface CheckedRows {
  readonly points: Matrix<Float32Array>;
  readonly labels?: readonly string[] | undefined;
  readonly columns: Readonly<Record<string, Column>>;
}

/** Where rows lie in another engine. */
export interface At {
  /** An address, a folder or a file, as the engine has it. */
  readonly place: string;
  /** The table there, of engines that have tables. Default: `vectors`. */
  readonly table?: string | undefined;
  /** Gets the packages of the engine; left out, they are imported. */
  readonly load?: PeerLoader | undefined;
}

export interface BuildOptions {
  /** Default: `cosine`. */
  readonly similarity?: Similarity | undefined;
  /** Which index the engine builds. Default: the first of the adapter; `exact` is none. */
  readonly index?: Way | undefined;
}

export interface AskOptions {
  /** Rows wanted for each query. Default: 10. */
  readonly k?: number | undefined;
  /** A condition on the columns, as text or as data. */
  readonly where?: string | Predicate | undefined;
  /** What an approximate index may do, in the engine's own unit (`effort` of the adapter). */
  readonly effort?: number | undefined;
}

/** The answer to one query: that of `tammes search query`. */
export interface ForeignAnswer {
  /** Row numbers, best first; equal scores by lower row. */
  readonly rows: readonly number[];
  /** The larger, the nearer. */
  readonly scores: readonly number[];
  /** Whether no row with a better score can be missing; scores are computed in the float32 of the engine. */
  readonly exact: boolean;
  /** The share of the true answers that are expected among these; 1 where exact, null where nothing is known. */
  readonly estimatedRecall: number | null;
  /** Rows that were scored; null where the engine does not say it. */
  readonly scanned: number | null;
  /** Why there are fewer rows than were asked for. */
  readonly reason?: string;
  /** The names of the rows, where they have any. */
  readonly labels?: readonly string[];
}

/** Rows in another engine, ready to be asked. */
export interface OpenRows {
  /** The adapter. */
  readonly id: string;
  /** In messages: the table and where it lies. */
  readonly name: string;
  readonly n: number;
  readonly d: number;
  readonly similarity: Similarity;
  readonly index: Way;
  /** The columns that a condition can ask. */
  readonly columns: readonly string[];
  query(queries: GivenPoints, options?: AskOptions): Promise<ForeignAnswer[]>;
  close(): Promise<void>;
}

/** Another search engine, asked as the indexes of Tammes are. */
export interface SearchAdapter {
  readonly id: string;
  readonly title: string;
  /** Packages that must be installed, for `npm install`. */
  readonly peers: readonly string[];
  /** The indexes that the engine can build. */
  readonly indexes: readonly Way[];
  /** In words: an example of a place. */
  readonly places: string;
  /** What the effort is, by index. */
  readonly effort: Readonly<Partial<Record<Way, string>>>;
  /** Puts rows there; what is there already is refused, or a file replaced when the new one is whole. */
  build(rows: GivenRows, options: At & BuildOptions): Promise<OpenRows>;
  /** Opens what lies there. */
  open(options: At): Promise<OpenRows>;
}

/** What an adapter asks its engine for. */
export interface Wanted {
  /** At least 1, and no more than the rows that pass. */
  readonly k: number;
  readonly where?: Predicate | undefined;
  readonly effort?: number | undefined;
  /** Compare all rows that pass, whatever index there is. */
  readonly exactly: boolean;
}

/** What the engine found for one query, best first. */
export interface Nearest {
  readonly rows: readonly number[];
  readonly scores: readonly number[];
  readonly labels?: readonly string[] | undefined;
  readonly exact: boolean;
}

/** What an adapter knows of rows that are open. */
export interface Backend {
  readonly name: string;
  readonly n: number;
  readonly d: number;
  readonly similarity: Similarity;
  readonly index: Way;
  /** Columns by the names that conditions use. */
  readonly kinds: Readonly<Record<string, ColumnKind>>;
  /** How many rows pass a condition. */
  count(where: Predicate): Promise<number>;
  nearest(queries: Matrix<Float32Array>, wanted: Wanted): Promise<Nearest[]>;
  close(): Promise<void>;
}

/** Where it lies, with all defaults. */
export interface SettledAt {
  readonly place: string;
  readonly table: string;
  readonly load: PeerLoader;
}

export interface AdapterSpec extends Omit<SearchAdapter, 'build' | 'open'> {
  build(rows: CheckedRows, at: SettledAt, options: Required<BuildSettings>): Promise<Backend>;
  open(at: SettledAt): Promise<Backend>;
}

export interface BuildSettings {
  readonly similarity: Similarity;
  readonly index: Way;
}
