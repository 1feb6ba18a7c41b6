// Written by `npm run generate` from the folders.
export * from './define.ts';
export * from './public.ts';
export * from './types.ts';
export { family } from './family.ts';
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
export { tRegs } from './t-regs.ts';
export { uniformity } from './uniformity.ts';
