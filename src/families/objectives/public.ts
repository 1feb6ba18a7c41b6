export {
  expectedKernel,
  kernelVariance,
  type MmdVerdict,
  mmdToUniform,
} from '../../structures/uniform/expectation.ts';
export { type EnergyReadings, energyReadings, readingsOfLoss } from './support/energy-readings.ts';
export { type HedgedLoss, type HedgedShape, hedgedLoss } from './support/hedged-loss.ts';
export { type MembershipGradients, membershipRateReduction } from './support/membership-rate.ts';
export { projectToTangentsInPlace, requireUnitRows } from './support/unit-rows.ts';
export { weightedSum } from './support/weighted-sum.ts';
