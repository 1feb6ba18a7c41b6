export {
  movePartInPlace,
  type PartSettings,
  type PartState,
  partState,
} from './support/part-mover.ts';
