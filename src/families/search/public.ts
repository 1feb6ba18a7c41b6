export {
  type SparseEntry,
  type SparseMatrix,
  sparseMatrix,
  sparseOf,
} from '../../core/sparse.ts';
