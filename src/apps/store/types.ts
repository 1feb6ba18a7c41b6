import type { Matrix } from '../../core/matrix.ts';
import type { Packed } from '../../io/packed.ts';
import type { RunOptions } from '../../method/method.ts';
import type { LikeWord } from './unknown-words.ts';

/** n vectors of d numbers that can be looked up and compared, in a file or in memory. */
export interface VectorRows {
  readonly name: string;
  readonly rows: number;
  readonly cols: number;
  /** The arrays of the labels; undefined where there are none. */
  readonly labelArrays: Packed | undefined;
  /** The arrays of the index of n-grams; undefined where it was left out. */
  gramArrays(): Promise<Packed | undefined>;
  /** The vectors x̂ of some rows, in the order given. */
  vectorsAt(rows: ArrayLike<number>, run?: RunOptions): Promise<Matrix<Float32Array>>;
  /** ‖x̂‖ of rows `from` to `to` (excluded). */
  norms(from: number, to: number): Promise<ArrayLike<number>>;
  /** ⟨q, x̂⟩ of q × d queries and rows `from` to `to` (excluded): q × (to − from). */
  products(
    queries: Matrix<Float32Array>,
    from: number,
    to: number,
    run?: RunOptions,
  ): Promise<Matrix<Float32Array>>;
}

export interface LookupOptions {
  /** Where a label is not there: the label in small letters, then one that differs in case alone. Default: false. */
  readonly ignoreCase?: boolean | undefined;
  /**
   * What stands for a word that is not there: a blend of its spelling and the known words most like it (`similar`), its
   * spelling alone (`spelling`), or a sentence that refuses it (`refuse`). Default: `similar`.
   */
  readonly unknown?: 'similar' | 'spelling' | 'refuse' | undefined;
}

/** A word's place and vector. */
export interface Word {
  /** The word that was asked for. */
  readonly word: string;
  /** The first row of that label; null where the word is unknown. */
  readonly row: number | null;
  readonly vector: Float32Array;
  /** Of an unknown word: the known ones its vector comes from; none where its spelling alone gives it. */
  readonly from: readonly LikeWord[];
}

/** An unknown word of a question, and where its vector came from. */
export type UnknownWord = Pick<Word, 'word' | 'from'>;

/** What near rows are asked for. */
export type Question =
  | { readonly label: string }
  | { readonly row: number }
  | { readonly vector: ArrayLike<number> }
  /** Words with weights: `king - man + woman`. */
  | { readonly formula: string }
  /** The mean of the unit vectors of a text's words. */
  | { readonly text: string };

export interface NearOptions extends LookupOptions {
  /** Rows wanted. Default: 10. */
  readonly k?: number | undefined;
  /** Of a formula: products of cosines in place of their sum (3CosMul). Default: false. */
  readonly multiply?: boolean | undefined;
}

export interface Neighbor {
  readonly row: number;
  /** Null where the rows have no labels. */
  readonly label: string | null;
  readonly cosine: number;
  /** What orders the rows where that is not the cosine (3CosMul). */
  readonly score?: number;
  /** On the axis that the rows were ordered by. */
  readonly projection?: number;
}

export interface Near {
  /** Nearest first; equal ones by lower row. */
  readonly neighbors: readonly Neighbor[];
  /** Every row was compared. */
  readonly exact: true;
  /** Rows that were compared. */
  readonly scanned: number;
  /** Why there are fewer rows than were asked for. */
  readonly reason?: string;
  /** Words of the question that are not there. */
  readonly unknown: readonly UnknownWord[];
}

/** How alike two words are. */
export interface Similarity {
  readonly cosine: number;
  readonly unknown: readonly UnknownWord[];
}

/** The word that does not belong, and each word's cosine with the mean of all. */
export interface OddWord {
  readonly word: string;
  readonly cosines: readonly { readonly word: string; readonly cosine: number }[];
  readonly unknown: readonly UnknownWord[];
}

/** Vectors that are asked for by their labels. */
export interface WordStore extends VectorRows {
  /** The first row of a label, by a few short reads. */
  rowOf(label: string, options?: Pick<LookupOptions, 'ignoreCase'>): Promise<number | undefined>;
  contains(label: string, options?: Pick<LookupOptions, 'ignoreCase'>): Promise<boolean>;
  labelOf(row: number): Promise<string>;
  word(word: string, options?: LookupOptions): Promise<Word>;
  words(words: readonly string[], options?: LookupOptions): Promise<Word[]>;
  /** The vector of a word, known or not: d numbers. */
  vector(word: string, options?: LookupOptions): Promise<Float32Array>;
  /** The vectors of words: one row each. */
  vectors(words: readonly string[], options?: LookupOptions): Promise<Matrix<Float32Array>>;
  near(question: Question, options?: NearOptions, run?: RunOptions): Promise<Near>;
  similarity(a: string, b: string, options?: LookupOptions): Promise<Similarity>;
  /** Which of at least three words does not match the others. */
  doesNotMatch(words: readonly string[], options?: LookupOptions): Promise<OddWord>;
  close(): Promise<void>;
}
