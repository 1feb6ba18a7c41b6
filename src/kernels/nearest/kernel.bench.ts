import { chooseEngine } from '../../engine/choose.ts';
import { benchRows, printMachine, printRow } from '../../testing/bench-row.ts';

// Exact 10 nearest neighbours of all rows, counted as 2 n² d. Measured beside it on a two-core Zen 5: ONNX
// Runtime (Gemm and TopK) 366 ms, hnswlib's brute force 3.8 s, usearch exact 7.3 s.
const ceiling = { gigaflops: (2 * 20000 ** 2 * 100) / 366e6, source: 'ONNX Runtime, 366 ms' };

printMachine();
for (const threads of [1, 2]) {
  const engine = await chooseEngine('wasm', { threads });
  for (const [n, d] of [
    [512, 64],
    [4096, 64],
    [20000, 100],
  ]) {
    const points = benchRows(n, d);
    await printRow(
      engine,
      `10 nearest, ${n} × ${d}`,
      2 * n * n * d,
      () => engine.nearest(points, 10),
      n === 20000 && threads === 2 ? ceiling : undefined,
    );
  }
  await engine.dispose();
}
