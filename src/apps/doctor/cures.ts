/** What a finding says to do, as data: `cured` in `verbs` does it. */
export type Cure =
  /** Leave these rows out. */
  | { readonly id: 'drop-rows'; readonly rows: readonly number[] }
  /** Write each group of rows to a file of its own. */
  | { readonly id: 'split-rows'; readonly groups: readonly (readonly number[])[] }
  /** Scale each row to unit length. */
  | { readonly id: 'scale-rows' }
  /** Scale each row to unit length and subtract the mean row. */
  | { readonly id: 'subtract-mean' }
  /** Subtract these columns' means and give them the variance of the median column; rows of unit length. */
  | { readonly id: 'equalize-columns'; readonly columns: readonly number[] }
  /** Leave these columns out. */
  | { readonly id: 'drop-columns'; readonly columns: readonly number[] }
  /** Keep so many leading principal directions of the unit rows about their mean. */
  | { readonly id: 'keep-directions'; readonly count: number }
  /** Spread the rows: `disperse` with its defaults. */
  | { readonly id: 'disperse' };
