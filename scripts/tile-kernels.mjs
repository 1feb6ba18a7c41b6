/**
 * Writes the register tile of the matrix kernels: C (4 × 8) = A (4 × k) · B (k × 8), or C += A · B, in AssemblyScript;
 * 4 × 4 in float64.
 *
 * Four rows of two vectors are eight accumulators. With the operands of a step they fill the 15 vector registers
 * that V8 gives out: it loads all operands of a step before it multiplies, so six rows, or two steps at a time,
 * would spill accumulators (measured: 42 against 29 GFLOP/s). AssemblyScript has no arrays of registers, so the
 * tile is written out here, once for each way A lies in memory. B is always k rows of 8 values (4 in float64), one
 * after the other. Products are rounded before they are added (no fused multiply-add): the same bytes everywhere.
 */
const ROWS = 4;

const each = (f) => Array.from({ length: ROWS }, (_, i) => f(i)).join('\n');

const FLOAT32 = { lanes: 'f32x4', splat: 'v128.load32_splat' };
const FLOAT64 = { lanes: 'f64x2', splat: 'v128.load64_splat' };

/** Stores the sums, `last` of each made from the sum and its place. */
function stores(last) {
  return each(
    (i) => `    v128.store(c, ${last(`c${i}0`, 'c')});
    v128.store(c, ${last(`c${i}1`, 'c, 16')}, 16);${i < ROWS - 1 ? '\n    c += ldc;' : ''}`,
  );
}

function tile({ name, doc, parameter = '', start = '', a, advance, type = FLOAT32 }) {
  const { lanes, splat } = type;
  return `
/** ${doc} */
export function ${name}(k: i32, a: usize, ${parameter}b: usize, c: usize, ldc: usize, add: bool): void {
${each((i) => `  let c${i}0 = ${lanes}.splat(0);\n  let c${i}1 = ${lanes}.splat(0);`)}
${start}
  for (; k > 0; k--) {
    const b0 = v128.load(b);
    const b1 = v128.load(b, 16);
    let x: v128;
${each(
  (i) => `    x = ${splat}(${a(i)});
    c${i}0 = ${lanes}.add(c${i}0, ${lanes}.mul(x, b0));
    c${i}1 = ${lanes}.add(c${i}1, ${lanes}.mul(x, b1));`,
)}
${advance}
    b += 32;
  }
  if (add) {
${stores((sum, at) => `${lanes}.add(v128.load(${at}), ${sum})`)}
  } else {
${stores((sum) => sum)}
  }
}
`;
}

/** `weightStride`: bytes from row to row of the weights. */
export function tileSource(weightStride) {
  return [
    '// Written by scripts/tile-kernels.mjs.\n',
    tile({
      name: 'tile_columns',
      doc: 'A: four rows of a panel of 8 that lie as columns: see pack_columns.',
      a: (i) => `a, ${4 * i}`,
      advance: '    a += 32;',
    }),
    tile({
      name: 'tile_weight_rows',
      doc: 'A: four rows of the weights.',
      a: (i) => `a, ${i * weightStride}`,
      advance: '    a += 4;',
    }),
    tile({
      name: 'tile_weight_columns',
      doc: 'A: four columns of the weights.',
      a: (i) => `a, ${4 * i}`,
      advance: `    a += ${weightStride};`,
    }),
    tile({
      name: 'tile_rows_f64',
      doc: 'A: four rows of doubles, `lda` bytes apart.',
      parameter: 'lda: usize, ',
      start: each((i) => (i === 0 ? '  let a0 = a;' : `  let a${i} = a${i - 1} + lda;`)),
      a: (i) => `a${i}`,
      advance: each((i) => `    a${i} += 8;`),
      type: FLOAT64,
    }),
    tile({
      name: 'tile_columns_f64',
      doc: 'A: a panel of 4 rows of doubles that lie as columns.',
      a: (i) => `a, ${8 * i}`,
      advance: '    a += 32;',
      type: FLOAT64,
    }),
  ].join('');
}
