import type { KnnGraph } from '../../core/graph.ts';
import type { RunOptions } from '../../method/method.ts';

/** Neighbours of n rows in a corrected order. */
export interface CorrectedLists {
  /** n lists of k; `distances` are the corrected ones, in a measure of their own. */
  readonly graph: KnnGraph;
  readonly warnings: readonly string[];
}

export interface NeighborsRunOptions extends RunOptions {
  /** The candidates, where they are known: lists of all rows, as long as `candidates` or longer. */
  readonly neighbors?: KnnGraph | undefined;
}
