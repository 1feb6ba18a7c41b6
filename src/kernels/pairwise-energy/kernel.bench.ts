import { zerosLike } from '../../core/matrix.ts';
import { chooseEngine } from '../../engine/choose.ts';
import { benchRows, printMachine, printRow } from '../../testing/bench-row.ts';
import type { PairKernel } from './contract.ts';

// Energy with gradient, counted as 4 n² d: two multiplications and additions per pair and coordinate for
// the cosines, two for the gradient; each pair is computed once, and exp and the like are not counted.
// Ceilings: hand-written C with AVX-512 and FMA on a two-core Zen 5 (EPYC), full matrix. WebAssembly has
// neither; a quarter of the width and no FMA leave an eighth.
const ceilings = new Map([
  ['1 4096 64', 218],
  ['2 4096 64', 406],
  ['2 20000 64', 321],
  ['2 1000 1024', 214],
]);

const gaussian: PairKernel = { shape: 'gaussian', distance: 'chordal', scale: 2 };
const sizes = [
  [24, 3],
  [512, 64],
  [4096, 64],
  [20000, 64],
  [1000, 1024],
];
const others: readonly PairKernel[] = [
  { shape: 'gaussian', distance: 'geodesic', scale: 2 },
  { shape: 'laplace', distance: 'chordal', scale: 2 },
  { shape: 'laplace', distance: 'geodesic', scale: 2 },
  { shape: 'riesz', distance: 'chordal', scale: 1 },
  { shape: 'riesz', distance: 'geodesic', scale: 1 },
  { shape: 'riesz', distance: 'chordal', scale: 0 },
];

printMachine();
for (const threads of [1, 2]) {
  const engine = await chooseEngine('wasm', { threads });
  const row = async (n: number, d: number, kernel: PairKernel): Promise<void> => {
    const points = benchRows(n, d);
    const gradient = zerosLike(points);
    const { shape, distance, scale } = kernel;
    const gigaflops = ceilings.get(`${threads} ${n} ${d}`);
    await printRow(
      engine,
      `${distance} ${shape} ${scale}, ${n} × ${d}`,
      4 * n * n * d,
      () => engine.pairwiseEnergy(points, kernel, gradient),
      kernel === gaussian && gigaflops ? { gigaflops, source: 'C, AVX-512' } : undefined,
    );
  };
  for (const [n, d] of sizes) await row(n, d, gaussian);
  for (const kernel of others) await row(4096, 64, kernel);
  await engine.dispose();
}
