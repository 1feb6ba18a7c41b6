/** What a column is compared by. */
export type Operator = '=' | '!=' | '<' | '<=' | '>' | '>=';

/** A text or a number that stands in a condition. */
export type Value = string | number;

interface OfColumn {
  readonly column: string;
  /** Where the column stands in the text of the condition, counted from 1; for messages. */
  readonly at?: number | undefined;
}

/** A question about one column. */
export type Question = OfColumn &
  (
    | { readonly kind: 'compare'; readonly operator: Operator; readonly value: Value }
    | { readonly kind: 'in'; readonly values: readonly Value[] }
    | { readonly kind: 'between'; readonly low: Value; readonly high: Value }
    | { readonly kind: 'contains'; readonly text: string }
    | { readonly kind: 'missing' }
  );

/**
 * A condition on the columns of a row. A missing value (NaN, or an empty text) answers no question but `missing`: neither
 * the question nor its negation lets its row pass, as in SQL.
 */
export type Predicate =
  | Question
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Predicate[] }
  | { readonly kind: 'not'; readonly part: Predicate };

/** Texts by number: row i has texts[codes[i]]. */
export interface CodedTexts {
  readonly codes: Uint32Array;
  readonly texts: readonly string[];
}

/** A column as filters read it; NaN and the empty text are missing. */
export type FilterColumn = Float64Array | CodedTexts;

/** What is known of a column before its rows are read: that it holds numbers, or which texts. */
export type ColumnKind = 'numbers' | readonly string[];

/** Rows of columns by name: numbers, or codes of texts. */
export type FilterBlock = Readonly<Record<string, Float64Array | Uint32Array>>;

/** A condition that was checked against the columns there are. */
export interface Filter {
  /** The columns that it asks, each once. */
  readonly columns: readonly string[];
  /** 1 for each of n rows that pass, else 0. */
  mask(block: FilterBlock, n: number): Uint8Array;
}
