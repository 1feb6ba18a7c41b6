import {
  add_multiple,
  BLOCK,
  dot,
  double,
  make_reflector,
  pack_negated_columns,
  pack_panels,
  set_double,
  set_multiple,
  sum_of_lanes,
} from './blocks.as';

@unmanaged
class Tridiagonal {
  /** Upper triangle of the matrix. */
  a: usize;
  /** Row k becomes vₖ. */
  vectors: usize;
  /** BLOCK rows wₖ of this block. */
  w: usize;
  stride: usize;
  /** Diagonal, off-diagonal and τ: three rows of length `stride`. */
  results: usize;
  /** Factors of the update that follows: −[V W] and [W; V]. */
  left: usize;
  right: usize;
  n: i32;
  /** First step; BLOCK steps or as many as there are. */
  first: i32;
}

/**
 * BLOCK steps of the Householder reduction to tridiagonal form. The trailing matrix is only read: its
 * update A − V Wᵀ − W Vᵀ follows as one product. Scratch: 16 bytes.
 *
 * Source: Dongarra, Sorensen and Hammarling 1989 (LAPACK's dlatrd).
 */
export function tridiagonal_panel(address: usize, task: i32, scratch: usize): void {
  const job = changetype<Tridiagonal>(address);
  const n = job.n;
  const stride = job.stride;
  const count = min(BLOCK, n - job.first);
  const block = job.vectors + <usize>job.first * stride;
  memory.fill(job.w, 0, BLOCK * stride);
  for (let j = 0; j < count; j++) {
    const k = job.first + j;
    const row = job.a + <usize>k * stride;
    for (let t = 0; t < j; t++) {
      const v = block + <usize>t * stride;
      const w = job.w + <usize>t * stride;
      subtract_two(row, double(v, k), w, double(w, k), v, k, n);
    }
    set_double(job.results, k, double(row, k));
    if (k == n - 1) return;
    const v = block + <usize>j * stride;
    const w = job.w + <usize>j * stride;
    make_reflector(row, k + 1, n, v, scratch);
    const tau = load<f64>(scratch, 8);
    store<f64>(job.results + stride + (<usize>k << 3), load<f64>(scratch));
    store<f64>(job.results + 2 * stride + (<usize>k << 3), tau);
    if (tau == 0) continue;
    multiply_symmetric(job.a, stride, k + 1, n, v, w);
    for (let i = (k + 1) & ~3; i <= k; i++) set_double(w, i, 0);
    for (let t = 0; t < j; t++) {
      const v0 = block + <usize>t * stride;
      const w0 = job.w + <usize>t * stride;
      subtract_two(w, dot(w0, v, k + 1, n), v0, dot(v0, v, k + 1, n), w0, k + 1, n);
    }
    const half = 0.5 * tau * tau * dot(w, v, k + 1, n);
    set_multiple(w, tau, w, k + 1, n);
    add_multiple(w, -half, v, k + 1, n);
  }
  pack_update(job, block);
}

/** y ← y − a x − b z over [from, to), rounded out to fours. */
function subtract_two(y: usize, a: f64, x: usize, b: f64, z: usize, from: i32, to: i32): void {
  const f = f64x2.splat(a);
  const g = f64x2.splat(b);
  let j = from & ~3;
  x += <usize>j << 3;
  y += <usize>j << 3;
  z += <usize>j << 3;
  for (; j < to; j += 4) {
    const s0 = f64x2.add(f64x2.mul(f, v128.load(x)), f64x2.mul(g, v128.load(z)));
    const s1 = f64x2.add(f64x2.mul(f, v128.load(x, 16)), f64x2.mul(g, v128.load(z, 16)));
    v128.store(y, f64x2.sub(v128.load(y), s0));
    v128.store(y, f64x2.sub(v128.load(y, 16), s1), 16);
    x += 32;
    y += 32;
    z += 32;
  }
}

/** p = A v over rows and columns [from, n), A symmetric by its upper triangle, v 0 before `from`. */
function multiply_symmetric(a: usize, stride: usize, from: i32, n: i32, v: usize, p: usize): void {
  const start = from & ~3;
  memory.fill(p + (<usize>start << 3), 0, <usize>((n - start + 3) & ~3) << 3);
  for (let i = start; i < n; i += 4) {
    const at = a + <usize>i * stride + (<usize>i << 3);
    const x = v + (<usize>i << 3);
    multiply_corner(at, stride, x, p + (<usize>i << 3));
    multiply_rows(at + 32, stride, (n - i - 1) >> 2, x, p + (<usize>i << 3));
  }
}

/** The 4 × 4 block on the diagonal. */
function multiply_corner(a: usize, stride: usize, v: usize, p: usize): void {
  for (let r = 0; r < 4; r++) {
    let sum = double(p, r);
    for (let c = 0; c < 4; c++) {
      sum += (c < r ? double(a + <usize>c * stride, r) : double(a + <usize>r * stride, c)) * double(v, c);
    }
    set_double(p, r, sum);
  }
}

/** Four rows right of the diagonal block, and the same elements as columns: `fours` · 4 columns. */
function multiply_rows(a: usize, stride: usize, fours: i32, v: usize, p: usize): void {
  const v0 = v128.load64_splat(v);
  const v1 = v128.load64_splat(v, 8);
  const v2 = v128.load64_splat(v, 16);
  const v3 = v128.load64_splat(v, 24);
  let s0 = f64x2.splat(0), s1 = f64x2.splat(0), s2 = f64x2.splat(0), s3 = f64x2.splat(0);
  let b = a + stride;
  let c = b + stride;
  let d = c + stride;
  let x = v + 32;
  let y = p + 32;
  for (let j = 2 * fours; j > 0; j--) {
    const u = v128.load(x);
    const a0 = v128.load(a);
    const a1 = v128.load(b);
    s0 = f64x2.add(s0, f64x2.mul(a0, u));
    s1 = f64x2.add(s1, f64x2.mul(a1, u));
    const low = f64x2.add(f64x2.mul(a0, v0), f64x2.mul(a1, v1));
    const a2 = v128.load(c);
    const a3 = v128.load(d);
    s2 = f64x2.add(s2, f64x2.mul(a2, u));
    s3 = f64x2.add(s3, f64x2.mul(a3, u));
    const high = f64x2.add(f64x2.mul(a2, v2), f64x2.mul(a3, v3));
    v128.store(y, f64x2.add(v128.load(y), f64x2.add(low, high)));
    a += 16;
    b += 16;
    c += 16;
    d += 16;
    x += 16;
    y += 16;
  }
  store<f64>(p, load<f64>(p) + sum_of_lanes(s0));
  store<f64>(p, load<f64>(p, 8) + sum_of_lanes(s1), 8);
  store<f64>(p, load<f64>(p, 16) + sum_of_lanes(s2), 16);
  store<f64>(p, load<f64>(p, 24) + sum_of_lanes(s3), 24);
}

function pack_update(job: Tridiagonal, block: usize): void {
  const from = job.first + BLOCK;
  const size = <i32>(job.stride >> 3);
  pack_negated_columns(block, job.stride, BLOCK, from, size, job.left, (2 * BLOCK) << 3, 0);
  pack_negated_columns(job.w, job.stride, BLOCK, from, size, job.left, (2 * BLOCK) << 3, BLOCK);
  pack_panels(job.w, job.stride, BLOCK, from, size, job.right, 2 * BLOCK, 0);
  pack_panels(block, job.stride, BLOCK, from, size, job.right, 2 * BLOCK, BLOCK);
}
