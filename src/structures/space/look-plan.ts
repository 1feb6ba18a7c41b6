/** Multiplications up to which all pairs are looked at: about 10 s of `wasm` on two cores. */
const MOST_PRODUCTS = 2.5e11;
const FEWEST_QUERIES = 1000;

/** Rows among which every row's neighbours are found where those of all rows are too many: about 2 s of `wasm`. */
export const LIST_ROWS = 10_000;

/** How many of n rows are looked at where all pairs would be too many. */
export interface LookPlan {
  /** Rows whose neighbours are found among all; n: all. */
  readonly queries: number;
  /** Rows of which all pairs are looked at; n: all. */
  readonly pairRows: number;
}

/** Depends on the shape alone, so that a table is looked at in the same way wherever it lies. */
export function lookPlan(n: number, d: number, exact: boolean): LookPlan {
  if (exact || n * n * d <= MOST_PRODUCTS) return { queries: n, pairRows: n };
  const count = Math.max(FEWEST_QUERIES, Math.floor(MOST_PRODUCTS / (n * d)));
  return {
    queries: Math.min(n, count),
    pairRows: Math.min(n, Math.floor(Math.sqrt(MOST_PRODUCTS / d))),
  };
}
