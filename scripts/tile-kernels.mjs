/**
 * Writes the register tile of the matrix kernels: C (6 × 8) += A (6 × k) · B (k × 8), in AssemblyScript;
 * 6 × 4 in float64.
 *
 * Six rows of two vectors are twelve accumulators; with two vectors of B and one broadcast of A they
 * fill 15 of the 16 vector registers. AssemblyScript has no arrays of registers, so the tile is
 * written out here, once for each way A lies in memory. B is always k rows of 8 values (4 in float64), one
 * after the other. Products are rounded before they are added (no fused multiply-add): the same bytes everywhere.
 */
const ROWS = 6;
const UNROLL = 2;

const each = (f) => Array.from({ length: ROWS }, (_, i) => f(i)).join('\n');

const FLOAT32 = { lanes: 'f32x4', splat: 'v128.load32_splat' };
const FLOAT64 = { lanes: 'f64x2', splat: 'v128.load64_splat' };

/** `a(i, u)`: the operands of the load of A's row i, u steps ahead. */
function step({ lanes, splat }, a, u) {
  return `    b0 = v128.load(b, ${32 * u});
    b1 = v128.load(b, ${32 * u + 16});
${each(
  (i) => `    x = ${splat}(${a(i, u)});
    c${i}0 = ${lanes}.add(c${i}0, ${lanes}.mul(x, b0));
    c${i}1 = ${lanes}.add(c${i}1, ${lanes}.mul(x, b1));`,
)}`;
}

function tile({ name, doc, parameter, start, a, advance, type = FLOAT32 }) {
  return `
/** ${doc} */
export function ${name}(k: i32, a: usize, ${parameter}b: usize, c: usize, ldc: usize, add: bool): void {
${each((i) => `  let c${i}0 = ${type.lanes}.splat(0);\n  let c${i}1 = ${type.lanes}.splat(0);`)}
  let x: v128, b0: v128, b1: v128;
  let at = c;
  if (add) {
${each((i) => `    c${i}0 = v128.load(at);\n    c${i}1 = v128.load(at, 16);\n    at += ldc;`)}
  }
${start}
  for (; k >= ${UNROLL}; k -= ${UNROLL}) {
${Array.from({ length: UNROLL }, (_, u) => step(type, a, u)).join('\n')}
${advance(UNROLL)}
    b += ${32 * UNROLL};
  }
  for (; k > 0; k--) {
${step(type, a, 0)}
${advance(1)}
    b += 32;
  }
  at = c;
${each((i) => `  v128.store(at, c${i}0);\n  v128.store(at, c${i}1, 16);\n  at += ldc;`)}
}
`;
}

/** `weightStride`: bytes from row to row of the weights. */
export function tileSource(weightStride) {
  return [
    '// Written by scripts/tile-kernels.mjs.\n',
    tile({
      name: 'tile_rows',
      doc: 'A: six rows, `lda` bytes apart.',
      parameter: 'lda: usize, ',
      start: each((i) => (i === 0 ? '  let a0 = a;' : `  let a${i} = a${i - 1} + lda;`)),
      a: (i, u) => `a${i}, ${4 * u}`,
      advance: (steps) => each((i) => `    a${i} += ${4 * steps};`),
    }),
    tile({
      name: 'tile_weight_rows',
      doc: 'A: six rows of the weights.',
      parameter: '',
      start: '',
      a: (i, u) => `a, ${i * weightStride + 4 * u}`,
      advance: (steps) => `    a += ${4 * steps};`,
    }),
    tile({
      name: 'tile_weight_columns',
      doc: 'A: six columns of the weights.',
      parameter: '',
      start: '',
      a: (i, u) => `a, ${u * weightStride + 4 * i}`,
      advance: (steps) => `    a += ${weightStride * steps};`,
    }),
    tile({
      name: 'tile_rows_f64',
      doc: 'A: six rows of doubles, `lda` bytes apart.',
      parameter: 'lda: usize, ',
      start: each((i) => (i === 0 ? '  let a0 = a;' : `  let a${i} = a${i - 1} + lda;`)),
      a: (i, u) => `a${i}, ${8 * u}`,
      advance: (steps) => each((i) => `    a${i} += ${8 * steps};`),
      type: FLOAT64,
    }),
  ].join('');
}
