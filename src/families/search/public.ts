export {
  type SparseEntry,
  type SparseMatrix,
  sparseMatrix,
  sparseOf,
} from '../../core/sparse.ts';
export { fixedEncodings } from './support/fixed-encodings.ts';
export {
  type IndexedRows,
  ivfOfRows,
  type RowsInLists,
} from './support/ivf-of-rows.ts';
