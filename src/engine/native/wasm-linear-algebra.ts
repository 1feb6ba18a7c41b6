import type { Engine, LinearAlgebra } from '../engine.ts';
import { createWasmEngine } from '../wasm/engine.ts';

/** The decompositions of the wasm engine, which starts with the first of them, and its end. */
export function wasmLinearAlgebra(threads: number): {
  readonly linalg: LinearAlgebra;
  readonly end: () => Promise<void>;
} {
  let started: Promise<Engine> | undefined;
  const wasm = async (): Promise<LinearAlgebra> => {
    started ??= createWasmEngine(threads);
    return (await started).linalg;
  };
  return {
    linalg: {
      eigh: async (...args) => (await wasm()).eigh(...args),
      symmetricEigenvalues: async (...args) => (await wasm()).symmetricEigenvalues(...args),
      svd: async (...args) => (await wasm()).svd(...args),
      singularValues: async (...args) => (await wasm()).singularValues(...args),
      qr: async (...args) => (await wasm()).qr(...args),
      cholesky: async (...args) => (await wasm()).cholesky(...args),
    },
    end: async () => (await started)?.dispose(),
  };
}
