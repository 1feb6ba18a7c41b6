export {
  type SparseEntry,
  type SparseMatrix,
  sparseMatrix,
  sparseOf,
} from '../../core/sparse.ts';
export { fixedEncodings } from './support/fixed-encodings.ts';
