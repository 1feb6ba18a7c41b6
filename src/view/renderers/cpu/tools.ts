import { KERNELS_BASE64 } from '../../generated/kernels.ts';
import { projectionOf } from '../../projections/index.ts';
import { kernelModule } from './kernel-module.ts';
import { spatialOrder } from './order.ts';
import { painter } from './painter.ts';
import { type Splatter, splatter, type Tools } from './splatter.ts';
import { brushesOf, paleness, paletteTable, solidity } from './tables.ts';

/** Functions by which all draw on the processor. */
export const TOOLS: Tools = {
  projectionOf,
  paleness,
  paletteTable,
  solidity,
  brushesOf,
  spatialOrder,
};

let compiled: { module: WebAssembly.Module | undefined } | undefined;

/** Who draws on this thread: the kernels, or the same in plain code where there are none. */
export function ownPainter(): Splatter {
  compiled ??= { module: kernelModule(KERNELS_BASE64) };
  return compiled.module ? painter(TOOLS, compiled.module) : splatter(TOOLS);
}
