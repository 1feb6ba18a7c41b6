import type { GivenPoints } from '../../core/given-points.ts';
import type { Matrix } from '../../core/matrix.ts';
import type { Random } from '../../core/random.ts';
import type { SparseMatrix } from '../../core/sparse.ts';
import type { Engine, EngineName, MaybePromise, Work } from '../../engine/engine.ts';
import type { Packed, PackedArray } from '../../io/packed.ts';
import type { Column } from '../../io/table.ts';
import type { Method, MethodRun, MethodSpec, RunOptions } from '../../method/method.ts';
import type { OptionSpecs, OptionsOf } from '../../method/options.ts';
import type { Selectivity } from '../../structures/filters/selectivity.ts';
import type { Predicate } from '../../structures/filters/types.ts';
import type { commonOptions } from './support/common-options.ts';

/** What an index is made of, and what it is asked: vectors, sets of vectors, sparse rows or texts. */
export type Kind = 'points' | 'sets' | 'sparse' | 'texts';

/** What can be searched. An index takes one of these, whatever else is there. */
export interface Corpus {
  /** n × d, one row a document; with `offsets`, document i is rows offsets[i] to offsets[i + 1] (excluded). */
  readonly points?: GivenPoints | undefined;
  readonly offsets?: Int32Array | undefined;
  readonly sparse?: SparseMatrix | undefined;
  readonly texts?: readonly string[] | undefined;
  /** Attributes of the documents by name, for filters that an index reads itself. */
  readonly columns?: Readonly<Record<string, Column>> | undefined;
}

/** The same after its checks: points of float32 and finite. */
export interface CheckedCorpus extends Omit<Corpus, 'points'> {
  readonly points?: Matrix<Float32Array> | undefined;
  /** Documents. */
  readonly n: number;
}

/** What is asked for. */
export interface SearchRequest {
  /** Documents wanted for each query. */
  readonly k: number;
  /**
   * How much work an approximate index may do, in its own unit (`effort` of its description); left out, the index's
   * usual one.
   */
  readonly effort?: number | undefined;
  /** n numbers: 0 for documents that must not be found. */
  readonly allowed?: Uint8Array | undefined;
  /** Which documents may be found, by their columns: for an index that holds these (`selectivity`); others get `allowed`. */
  readonly where?: Predicate | undefined;
}

/** What was found: for each of q queries k documents, best first; equal scores by lower row. */
export interface Found {
  /** q × k; −1 where there are no more. */
  readonly rows: Int32Array;
  /** q × k, the larger the nearer; −∞ where there are no more. */
  readonly scores: Float64Array;
  /** Documents whose score was computed, for each query. */
  readonly scanned: Float64Array;
  /** Whether no document with a better score can be missing. */
  readonly exact: boolean;
  /** Multiplications for each query, where the index counts them. */
  readonly operations?: Float64Array | undefined;
  /** Where there can be fewer than k though the index has more: why, a sentence for each query. */
  readonly reasons?: readonly string[] | undefined;
  /** Where that differs by query: 1 for those that are exact. */
  readonly exactFor?: Uint8Array | undefined;
  /** The share of the k best that is expected among these, for each query, where the index can tell. */
  readonly recall?: Float64Array | undefined;
  /** Bytes of the index that were read for each query as if it were alone, where that is less than all of it. */
  readonly bytesRead?: Float64Array | undefined;
}

/** What building may use besides the documents and its options. */
export interface BuildContext {
  readonly engine: Engine;
  /** The stream of the index and its seed. */
  readonly random: Random;
  readonly run: MethodRun;
  readonly work: Work;
}

/** What building gives: plain data and arrays, which is all that searching gets. */
export interface BuiltIndex {
  readonly settings: Readonly<Record<string, unknown>>;
  readonly arrays: Readonly<Record<string, PackedArray>>;
  /** Numbers about the index. */
  readonly facts?: Readonly<Record<string, number>> | undefined;
  readonly warnings?: readonly string[] | undefined;
  /**
   * Of an index in which a document finds itself, and so its neighbors, more easily than a query that is none: the index before
   * its last documents came. Its recall is measured with these as queries.
   */
  readonly before?: BeforeLast | undefined;
}

/** An index without its last documents. */
export interface BeforeLast {
  readonly arrays: Readonly<Record<string, PackedArray>>;
  /** Documents that were not there, for queries. */
  readonly rows: Int32Array;
  /** n numbers: 0 for documents that were not there. */
  readonly allowed: Uint8Array;
}

/** An index that is open: all of it in memory, or a file of which what is needed is read. */
export interface OpenIndex {
  readonly settings: Readonly<Record<string, unknown>>;
  readonly arrays: Packed;
  /** Documents. */
  readonly n: number;
}

export interface SearchContext {
  readonly engine: Engine;
  readonly work: Work;
}

/** A filtered search that is planned: how many documents are wanted, and the share of all that may be found. */
export interface Planned {
  readonly k: number;
  readonly share: number;
  readonly effort?: number | undefined;
}

/** What a filtered search is expected to take and to give, for a filter that is independent of the vectors. */
export interface Forecast {
  /** Documents whose score is computed. */
  readonly scanned: number;
  /** Documents of which the filter is asked. */
  readonly filtered: number;
  /** What else is compared with the query, in documents: centers of lists, for instance. */
  readonly overhead: number;
  readonly recall: number;
}

type Search = (
  index: OpenIndex,
  queries: CheckedCorpus,
  request: SearchRequest,
  context: SearchContext,
) => MaybePromise<Found>;

export interface IndexSpec<S extends OptionSpecs>
  extends Omit<MethodSpec<Corpus, S, Built>, 'family' | 'compute'> {
  /** What it is made of. */
  readonly takes: Kind;
  /** What it is asked, where that is something else. */
  readonly asks?: Kind;
  /** Of an approximate index: what its effort is, and how much is usual and the most that makes sense. */
  readonly effort?: {
    /** In words: `lists probed`. */
    readonly unit: string;
    readonly usual: (index: OpenIndex, k: number) => number;
    readonly most: (index: OpenIndex) => number;
  };
  readonly build: (
    corpus: CheckedCorpus,
    options: OptionsOf<S & typeof commonOptions>,
    context: BuildContext,
  ) => MaybePromise<BuiltIndex>;
  readonly search: Search;
  /** The exact answer from what an approximate index holds, where it holds it. */
  readonly exactly?: Search;
  /** Of an index that holds the columns of its documents and takes `where`: which share of them passes. */
  readonly selectivity?: (index: OpenIndex, where: Predicate) => MaybePromise<Selectivity>;
  /** What a filtered search would take, where the index knows it from its own build. */
  readonly forecast?: (index: OpenIndex, planned: Planned) => Forecast;
}

/** An index that was built. */
export interface Built {
  readonly index: OpenIndex;
  readonly facts: Readonly<Record<string, number>>;
  readonly warnings: readonly string[];
  readonly engine: EngineName;
}

/** How much is found for how much work, on documents of the index as queries. */
export interface EffortPoint {
  readonly effort: number;
  /** Share of the k nearest other documents that are found, and its 95 % interval. */
  readonly recall: number;
  readonly low: number;
  readonly high: number;
  /** Documents scored for a query, on average. */
  readonly scanned: number;
}

export interface SearchIndex<S extends OptionSpecs = OptionSpecs>
  extends Method<Corpus, S & typeof commonOptions, Built> {
  readonly takes: Kind;
  readonly asks: Kind;
  readonly effort: IndexSpec<S>['effort'];
  /** Whether `exactly` can be asked for: always, where there is no effort. */
  readonly canBeExact: boolean;
  readonly selectivity: IndexSpec<S>['selectivity'];
  readonly forecast: IndexSpec<S>['forecast'];
  /** The k best documents for each query. */
  search(
    index: OpenIndex,
    queries: Corpus,
    request: SearchRequest & { readonly exactly?: boolean },
    run?: RunOptions,
  ): Promise<Found>;
}
