export {
  type Evidence,
  PARITY_VERDICTS,
  type ParityResult,
  type ParityVerdict,
} from './contract.ts';
export { type ParityOptions, parity } from './parity.ts';
