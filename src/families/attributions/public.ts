export {
  alternatingLeastSquares,
  type Factorised,
  type FactorOptions,
  type Factors,
  type ObservedEntries,
} from '../../numerics/solvers/alternating-least-squares.ts';
export { bySide, type Contribution, strongest } from './support/reading.ts';
