export {
  type Stability,
  type StabilityOptions,
  stability,
  strengthDistances,
} from './support/stability.ts';
