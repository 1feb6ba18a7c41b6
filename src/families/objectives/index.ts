export {
  expectedKernel,
  kernelVariance,
  type MmdVerdict,
  mmdToUniform,
} from '../../structures/uniform/expectation.ts';
export * from './define.ts';
export { fidelity } from './fidelity.ts';
export { gaussianEnergy } from './gaussian-energy.ts';
export { koleo } from './koleo.ts';
export { laplaceEnergy } from './laplace-energy.ts';
export { lloyd } from './lloyd.ts';
export { logRieszEnergy } from './log-riesz-energy.ts';
export { maxMinAngle } from './max-min-angle.ts';
export { minMaxCosine } from './min-max-cosine.ts';
export { rieszEnergy } from './riesz-energy.ts';
export { sliced } from './sliced.ts';
export { slicedAxis } from './sliced-axis.ts';
export { slicedWasserstein } from './sliced-wasserstein.ts';
export { type EnergyReadings, energyReadings, readingsOfLoss } from './support/energy-readings.ts';
export { projectToTangentsInPlace, requireUnitRows } from './support/unit-rows.ts';
export { weightedSum } from './support/weighted-sum.ts';
export * from './types.ts';
export { uniformity } from './uniformity.ts';
