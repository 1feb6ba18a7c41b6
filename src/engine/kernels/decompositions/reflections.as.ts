import { BLOCK, double, multiply, pack_panels, set_double } from './blocks.as';

@unmanaged
class Reflections {
  /** BLOCK rows vₖ, 0 outside their range. */
  vectors: usize;
  stride: usize;
  tau: usize;
  /** vₖ as panels of 4 vectors, each `to` − `from` × 4. */
  columns: usize;
  /** vₖ as panels of 4 places, each BLOCK × 4. */
  rows: usize;
  /** The BLOCK × BLOCK matrix −Tᵀ (−T if reversed), in panels of 4 columns. */
  triangle: usize;
  /** The vectors are 0 outside [from, to), multiples of 4. */
  from: i32;
  to: i32;
  /** Vectors; there are BLOCK rows, those beyond `count` are taken for 0. */
  count: i32;
  /** 1: the last reflection is applied last. */
  reversed: i32;
  /** Rows to be reflected, BLOCK a task. */
  targets: usize;
  targetStride: usize;
}

/**
 * One block of reflections H₀ … H₂₃ = I − V T Vᵀ in the forms that `apply_reflections` wants.
 * Scratch: 2 · BLOCK² doubles.
 *
 * Source: Schreiber and Van Loan 1989.
 */
export function prepare_reflections(address: usize, task: i32, scratch: usize): void {
  const job = changetype<Reflections>(address);
  const width = job.to - job.from;
  const products = scratch;
  const t = scratch + ((BLOCK * BLOCK) << 3);
  for (let k = job.count; k < BLOCK; k++) {
    memory.fill(job.vectors + <usize>k * job.stride + (<usize>job.from << 3), 0, <usize>width << 3);
  }
  pack_vectors(job, width);
  pack_panels(job.vectors, job.stride, BLOCK, job.from, job.to, job.rows - (<usize>(job.from * BLOCK) << 3), BLOCK, 0);
  const first = job.vectors + (<usize>job.from << 3);
  multiply(first, job.stride, BLOCK, width, job.columns, <usize>width << 5, BLOCK / 4, products, BLOCK << 3, false);
  memory.fill(t, 0, (BLOCK * BLOCK) << 3);
  for (let i = 0; i < job.count; i++) {
    const tau = double(job.tau, i);
    for (let r = 0; r < i; r++) {
      let sum: f64 = 0;
      for (let s = r; s < i; s++) {
        sum += double(t, r * BLOCK + s) * double(products, s * BLOCK + i);
      }
      set_double(t, r * BLOCK + i, -tau * sum);
    }
    set_double(t, i * BLOCK + i, tau);
  }
  for (let i = 0; i < BLOCK; i++) {
    for (let j = 0; j < BLOCK; j++) {
      const value = job.reversed ? double(t, i * BLOCK + j) : double(t, j * BLOCK + i);
      set_double(job.triangle, (j >> 2) * BLOCK * 4 + i * 4 + (j & 3), -value);
    }
  }
}

/** The vectors, four together, place by place. */
function pack_vectors(job: Reflections, width: i32): void {
  let out = job.columns;
  for (let k = 0; k < BLOCK; k += 4) {
    let a = job.vectors + <usize>k * job.stride + (<usize>job.from << 3);
    let b = a + job.stride;
    let c = b + job.stride;
    let d = c + job.stride;
    for (let j = 0; j < width; j++) {
      store<f64>(out, load<f64>(a));
      store<f64>(out, load<f64>(b), 8);
      store<f64>(out, load<f64>(c), 16);
      store<f64>(out, load<f64>(d), 24);
      a += 8;
      b += 8;
      c += 8;
      d += 8;
      out += 32;
    }
  }
}

/**
 * Rows r ← H₀ H₁ … r (… H₁ H₀ r if reversed), as r ← r − ((r V) Tᵀ) Vᵀ: three matrix products. Task t
 * takes BLOCK rows. Scratch: 2 · BLOCK² doubles.
 */
export function apply_reflections(address: usize, task: i32, scratch: usize): void {
  const job = changetype<Reflections>(address);
  const width = job.to - job.from;
  const rows = job.targets + <usize>(task * BLOCK) * job.targetStride + (<usize>job.from << 3);
  const along = scratch;
  const turned = scratch + ((BLOCK * BLOCK) << 3);
  const small: usize = BLOCK << 3;
  multiply(rows, job.targetStride, BLOCK, width, job.columns, <usize>width << 5, BLOCK / 4, along, small, false);
  multiply(along, small, BLOCK, BLOCK, job.triangle, small << 2, BLOCK / 4, turned, small, false);
  multiply(turned, small, BLOCK, BLOCK, job.rows, small << 2, width >> 2, rows, job.targetStride, true);
}
