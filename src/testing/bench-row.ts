import { cpus } from 'node:os';
import { measure } from 'mitata';
import { type Matrix, toFloat32 } from '../core/matrix.ts';
import type { Engine } from '../engine/engine.ts';
import { unitRows } from './points.ts';

/** What the processor can do with the same work, and where that was measured. */
export interface Ceiling {
  readonly gigaflops: number;
  readonly source: string;
}

/** n uniform unit rows of length d in float32. */
export function benchRows(n: number, d: number): Matrix<Float32Array> {
  return toFloat32(unitRows(n, d, 1));
}

/** What the numbers below were measured on. */
export function printMachine(): void {
  const processors = cpus();
  console.log(`${processors.length} × ${processors[0].model}, Node ${process.version}`);
}

/** Runs `operation` for a while and prints the best time: the least disturbed by other work. */
export async function printRow(
  engine: Engine,
  label: string,
  flops: number,
  operation: () => unknown,
  ceiling?: Ceiling,
): Promise<void> {
  await operation();
  const { min } = await measure(operation, { min_cpu_time: 1e9, min_samples: 5, batch_samples: 4 });
  const gigaflops = flops / min;
  const share = ceiling
    ? `  ${((100 * gigaflops) / ceiling.gigaflops).toFixed(0)} % of ${ceiling.gigaflops} (${ceiling.source})`
    : '';
  const time = `${(min / 1e6).toPrecision(4)} ms`.padStart(10);
  const rate = `${gigaflops.toFixed(1)} GFLOP/s`.padStart(14);
  console.log(`${label.padEnd(44)}${engine.name} × ${engine.threads}${time}${rate}${share}`);
}
