export {
  type Delta,
  decodeDelta,
  encodeDelta,
  restoreDelta,
} from './support/delta.ts';
