import { code, disperse, measure } from 'tammes';

/** Numbers, steps of a solver and a search that starts threads, on the engine that every place has. */
export async function answer() {
  const data = Float32Array.from({ length: 300 }, (_, i) => Math.sin(i * i));
  const points = { data, rows: 100, cols: 3 };
  const { engine, minAngleDeg } = await measure(points, { null: 'none', engine: 'wasm' });
  const spread = await disperse(points, { steps: 3, engine: 'wasm' });
  const made = await code({ count: 22, dim: 5, chains: 4, fresh: true });
  return { engine, minAngleDeg, spread: [...spread.points.data], code: [...made.points.data] };
}
