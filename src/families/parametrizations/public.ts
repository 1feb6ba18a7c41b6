export { applyDelta } from './support/applied.ts';
export {
  type Delta,
  decodeDelta,
  encodeDelta,
  restoreDelta,
} from './support/delta.ts';
