/**
 * The three models of docs/performance/training.md: their sizes, the multiplications and additions of a step's
 * products, and data and weights that are the same numbers for everybody.
 */
export const PROBLEMS = {
  mlp: {
    title: 'MLP 784-512-10, batch 512',
    megaflops: (2 * 512 * 784 * 512 * 2 + 2 * 512 * 512 * 10 * 3) / 1e6,
  },
  cnn: {
    title: 'CNN 3×3×16, pool, 3×3×32, pool, 10; 28 × 28, batch 64',
    megaflops:
      (2 * 64 * 784 * 9 * 16 * 2 + 2 * 64 * 196 * 144 * 32 * 3 + 2 * 64 * 1568 * 10 * 3) / 1e6,
  },
  language: {
    title: 'causal model, d 64, 1 layer, 4 heads, T 32, ff 256, V 1000, batch 32',
    megaflops:
      (3 * 2 * 1024 * 64 * (4 * 64 + 2 * 256 + 1000) + 3 * 2 * 2 * 128 * 32 * 32 * 16) / 1e6,
  },
};

/** Numbers that do not depend on who draws them: in [−½, ½). */
export function uniform(length, seed) {
  let state = seed >>> 0;
  return Float32Array.from({ length }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state >>> 8) / 2 ** 24 - 0.5;
  });
}

/** Weights of a layer: uniform of variance 1/inputs. */
export function weights(length, inputs, seed) {
  return uniform(length, seed).map((value) => value * Math.sqrt(12 / inputs));
}

/** Classes, or tokens, in 0 … count − 1. */
export function classes(length, count, seed) {
  return Int32Array.from(uniform(length, seed), (value) => Math.floor((value + 0.5) * count));
}

/** Objectives of the catalogue on the 128 columns before the last layer. */
export const REGULARIZERS = ['koleo', 'uniformity', 'sliced', 't-regs'];
