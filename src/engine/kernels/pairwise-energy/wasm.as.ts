import { tile_columns, tile_weight_columns, tile_weight_rows } from '../../generated/tile.as';
import { CHUNK, pack_columns, pack_rows, reached, squared_distance, squared_sum, STRIDE, TILE_ROWS } from '../tiles.as';
import { angle_f32, constant, exp_below, exp_f32, HALF, lane_sum, log_f32, ONE, TWO } from '../vector-math.as';

/** Keeps lanes that `exact_lanes` will overwrite away from division by zero. */
const LEAST_Q = memory.data<f32>([1e-6]);

// Kernel shapes; geodesic ones add GEODESIC.
// @ts-ignore: decorator
@inline
const GAUSSIAN: i32 = 0;
// @ts-ignore: decorator
@inline
const LAPLACE: i32 = 1;
// @ts-ignore: decorator
@inline
const RIESZ: i32 = 2;
// @ts-ignore: decorator
@inline
const LOGARITHM: i32 = 3;
// @ts-ignore: decorator
@inline
const GEODESIC: i32 = 4;

/**
 * One call's work. The n rows are cut into blocks of `block` rows. Task t < blocks prepares block t and
 * adds the pairs within it; then each pair of blocks meets once, in rounds in which every block meets at
 * most one other (a round-robin tournament); then each block's gradient is finished.
 *
 * `versions[b]` counts the rounds block b has been through. A task waits for both its blocks, so each
 * row sees its additions in the same order whatever the number of threads.
 */
@unmanaged
class Job {
  /** n × d, compact. Becomes the gradient. */
  points: usize;
  /** Panels of `pack_columns`, block by block. */
  columns: usize;
  /** Panels of `pack_rows`, block by block. */
  rows: usize;
  /** (n + TILE_ROWS) × width, width = d rounded up to 8. */
  force: usize;
  rowSums: usize;
  versions: usize;
  n: i32;
  d: i32;
  width: i32;
  block: i32;
  blocks: i32;
  kind: i32;
  withGradient: i32;
  overflow: i32;
  scale: f64;
  /** W is stored without this factor. */
  factor: f64;
  theta0: f64;
  q0: f64;
  value0: f64;
  force0: f64;
  /** Pairs of larger cosine, and of smaller, are computed from differences and sums. */
  nearCosine: f64;
  farCosine: f64;
}

export function pairwise_energy(address: usize, task: i32, scratch: usize): void {
  const job = changetype<Job>(address);
  if (task < job.blocks) return diagonal_task(job, task, scratch);
  const even = job.blocks + (job.blocks & 1);
  const meetings = even >> 1;
  const index = task - job.blocks;
  const round = 1 + index / meetings;
  if (round < even) return meeting_task(job, round, index % meetings, scratch);
  const block = index - (even - 1) * meetings;
  if (reached(job.versions + (<usize>block << 2), even)) finish_block(job, block);
}

function diagonal_task(job: Job, block: i32, scratch: usize): void {
  const first = block * job.block;
  const count = min(job.block, job.n - first);
  const x = job.points + (<usize>(first * job.d) << 2);
  pack_columns(x, count, job.d, <usize>job.d << 2, job.columns + (<usize>(first * job.d) << 2));
  memory.fill(job.rowSums + (<usize>first << 3), 0, <usize>count << 3);
  if (job.withGradient) {
    pack_rows(x, count, job.d, <usize>job.d << 2, job.rows + (<usize>(first * job.width) << 2));
    memory.fill(job.force + (<usize>(first * job.width) << 2), 0, <usize>(count * job.width) << 2);
  }
  block_pair(job, block, block, scratch);
  atomic.store<i32>(job.versions + (<usize>block << 2), 1);
}

/** The circle method: one block stays, the others go round; the missing opponent of an odd number rests. */
function meeting_task(job: Job, round: i32, meeting: i32, scratch: usize): void {
  const circle = job.blocks + (job.blocks & 1) - 1;
  const a = meeting == 0 ? circle : (round - 1 + meeting) % circle;
  const b = (round - 1 - meeting + circle) % circle;
  const i = min(a, b);
  const j = max(a, b);
  const iVersion = job.versions + (<usize>i << 2);
  const jVersion = job.versions + (<usize>j << 2);
  if (!reached(iVersion, round)) return;
  if (j < job.blocks) {
    if (!reached(jVersion, round)) return;
    block_pair(job, i, j, scratch);
    atomic.store<i32>(jVersion, round + 1);
  }
  atomic.store<i32>(iVersion, round + 1);
}

/**
 * All pairs of a row of block I with a row of block J, chunk by chunk of I: cosines into `weights`
 * (CHUNK × WIDTH), kernel values into the row sums, weights W in place, and then G_I += W X_J and,
 * unless I is J, G_J += Wᵀ X_I.
 */
function block_pair(job: Job, blockI: i32, blockJ: i32, scratch: usize): void {
  const d = job.d;
  const width = job.width;
  const rowBytes = <usize>d << 2;
  const forceBytes = <usize>width << 2;
  const firstI = blockI * job.block;
  const firstJ = blockJ * job.block;
  const countI = min(job.block, job.n - firstI);
  const countJ = min(job.block, job.n - firstJ);
  const weights = scratch;
  const columnSums = scratch + <usize>CHUNK * STRIDE;
  const panelsI = job.columns + <usize>firstI * rowBytes;
  const panelsJ = job.columns + <usize>firstJ * rowBytes;
  const rowsI = job.rows + <usize>firstI * forceBytes;
  const rowsJ = job.rows + <usize>firstJ * forceBytes;

  for (let start = 0; start < countI; start += CHUNK) {
    const count = min(CHUNK, countI - start);
    const first = firstI + start;
    for (let j = 0; j < countJ; j += 8) {
      const panel = panelsJ + <usize>j * rowBytes;
      for (let i = 0; i < count; i += TILE_ROWS) {
        const x = panelsI + <usize>((start + i) & ~7) * rowBytes + (<usize>(i & 7) << 2);
        tile_columns(d, x, panel, weights + <usize>i * STRIDE + (<usize>j << 2), STRIDE, false);
      }
    }
    chunk_terms(job, first, count, firstJ, countJ, weights, columnSums);
    if (!job.withGradient) continue;
    for (let c = 0; c < width; c += 8) {
      const panel = rowsJ + (<usize>(c * countJ) << 2);
      for (let i = 0; i < count; i += TILE_ROWS) {
        const g = job.force + <usize>(first + i) * forceBytes + (<usize>c << 2);
        tile_weight_rows(countJ, weights + <usize>i * STRIDE, panel, g, forceBytes, true);
      }
    }
    if (blockI == blockJ) continue;
    for (let c = 0; c < width; c += 8) {
      const panel = rowsI + (<usize>(c * countI + start * 8) << 2);
      for (let j = 0; j < countJ; j += TILE_ROWS) {
        const g = job.force + <usize>(firstJ + j) * forceBytes + (<usize>c << 2);
        tile_weight_columns(count, weights + (<usize>j << 2), panel, g, forceBytes, true);
      }
    }
  }
}

/** One loop per kernel: `kind` is a constant in each copy. */
function chunk_terms(job: Job, first: i32, count: i32, firstJ: i32, countJ: i32, weights: usize, sums: usize): void {
  switch (job.kind) {
    case GAUSSIAN: return row_terms(GAUSSIAN, job, first, count, firstJ, countJ, weights, sums);
    case LAPLACE: return row_terms(LAPLACE, job, first, count, firstJ, countJ, weights, sums);
    case RIESZ: return row_terms(RIESZ, job, first, count, firstJ, countJ, weights, sums);
    case LOGARITHM: return row_terms(LOGARITHM, job, first, count, firstJ, countJ, weights, sums);
    case GAUSSIAN + GEODESIC: return row_terms(GAUSSIAN + GEODESIC, job, first, count, firstJ, countJ, weights, sums);
    case LAPLACE + GEODESIC: return row_terms(LAPLACE + GEODESIC, job, first, count, firstJ, countJ, weights, sums);
    case RIESZ + GEODESIC: return row_terms(RIESZ + GEODESIC, job, first, count, firstJ, countJ, weights, sums);
    default: return row_terms(LOGARITHM + GEODESIC, job, first, count, firstJ, countJ, weights, sums);
  }
}

// @ts-ignore: decorator
@inline
function row_terms(kind: i32, job: Job, first: i32, count: i32, firstJ: i32, countJ: i32, weights: usize, sums: usize): void {
  const diagonal = first >= firstJ && first < firstJ + countJ;
  const near = f32x4.splat(<f32>job.nearCosine);
  const far = f32x4.splat(<f32>job.farCosine);
  const exponent = f32x4.splat(<f32>(kind % GEODESIC == RIESZ && kind < GEODESIC ? -0.5 * job.scale : -job.scale));
  const sign = f32x4.splat(job.scale < 0 ? -1 : 1);
  const end = weights + (<usize>countJ << 2);
  if (!diagonal) memory.fill(sums, 0, STRIDE);

  for (let i = 0; i < count; i++) {
    const row = weights + <usize>i * STRIDE;
    // A cosine of 2 sends the lanes beyond the last column to `exact_lanes`, which drops them.
    for (let j = countJ; j & 3; j++) store<f32>(row + (<usize>j << 2), 2);
    let rowSum = f32x4.splat(0);
    for (let j = 0; j < countJ; j += 4) {
      const at = row + (<usize>j << 2);
      const cosine = v128.load(at);
      const exact = v128.or(f32x4.gt(cosine, near), f32x4.lt(cosine, far));
      const q = f32x4.pmax(constant(LEAST_Q), f32x4.sub(constant(ONE), cosine));
      const rho = radius(kind, q);
      let value = kernel_value(kind, q, rho, exponent);
      let weight = kernel_weight(kind, q, rho, value);
      if (kind % GEODESIC == RIESZ) value = f32x4.mul(value, sign);
      if (v128.any_true(exact)) {
        exact_lanes(job, exact, first + i, firstJ + j, firstJ + countJ, diagonal);
        value = v128.andnot(value, exact);
        weight = v128.andnot(weight, exact);
      }
      v128.store(at, weight);
      rowSum = f32x4.add(rowSum, value);
      if (!diagonal) {
        const sum = sums + (<usize>j << 2);
        v128.store(sum, f32x4.add(v128.load(sum), value));
      }
    }
    const total = job.rowSums + (<usize>(first + i) << 3);
    store<f64>(total, load<f64>(total) + <f64>lane_sum(rowSum));
  }
  if (diagonal) return;
  for (let j = 0; j < countJ; j++) {
    const total = job.rowSums + (<usize>(firstJ + j) << 3);
    store<f64>(total, load<f64>(total) + <f64>load<f32>(sums + (<usize>j << 2)));
  }
}

/** What the value is a function of: 2q = r², r or θ. */
// @ts-ignore: decorator
@inline
function radius(kind: i32, q: v128): v128 {
  if (kind >= GEODESIC) return angle_f32(q);
  const squared = f32x4.add(q, q);
  return kind == LAPLACE ? f32x4.sqrt(squared) : squared;
}

/** |k|; `exponent` is −scale, −scale/2 where rho is r² under a power. */
// @ts-ignore: decorator
@inline
function kernel_value(kind: i32, q: v128, rho: v128, exponent: v128): v128 {
  const shape = kind % GEODESIC;
  if (shape == GAUSSIAN) {
    const squared = kind >= GEODESIC ? f32x4.mul(rho, rho) : rho;
    return exp_below(f32x4.mul(exponent, squared));
  }
  if (shape == LAPLACE) return exp_below(f32x4.mul(exponent, rho));
  if (shape == RIESZ) return exp_f32(f32x4.mul(exponent, log_f32(rho)));
  const logarithm = log_f32(rho);
  return f32x4.neg(kind >= GEODESIC ? logarithm : f32x4.mul(logarithm, constant(HALF)));
}

/** W = F / sin θ, less the constant `factor`: 2·scale (Gaussian), scale (Laplace), |scale| (Riesz), 1. */
// @ts-ignore: decorator
@inline
function kernel_weight(kind: i32, q: v128, rho: v128, value: v128): v128 {
  const shape = kind % GEODESIC;
  if (kind >= GEODESIC) {
    const sine = f32x4.sqrt(f32x4.mul(q, f32x4.sub(constant(TWO), q)));
    if (shape == GAUSSIAN) return f32x4.div(f32x4.mul(value, rho), sine);
    if (shape == LAPLACE) return f32x4.div(value, sine);
    const product = f32x4.mul(rho, sine);
    return f32x4.div(shape == RIESZ ? value : constant(ONE), product);
  }
  if (shape == GAUSSIAN) return value;
  return f32x4.div(shape == LOGARITHM ? constant(ONE) : value, rho);
}

/** The lanes of `mask`: pairs (i, j), (i, j + 1) … in float64, from differences or sums. */
function exact_lanes(job: Job, mask: v128, i: i32, j: i32, endJ: i32, diagonal: bool): void {
  const lanes = i32x4.bitmask(mask);
  for (let lane = 0; lane < 4; lane++, j++) {
    if (lanes & (1 << lane) && j < endJ && i != j) exact_pair(job, i, j, diagonal);
  }
}

/** Adds one pair; from within a diagonal block only to row i, since (j, i) comes there as well. */
function exact_pair(job: Job, i: i32, j: i32, diagonal: bool): void {
  const d = job.d;
  const x = job.points + (<usize>(i * d) << 2);
  const y = job.points + (<usize>(j * d) << 2);
  const q = squared_distance(x, y, d) / 2;
  const opposite = q > 1;
  const p = opposite ? squared_sum(x, y, d) / 2 : 2 - q;
  const sine = Math.sqrt(q * p);
  let value: f64, weight: f64;
  if (q < job.q0) {
    value = job.value0 + job.force0 * (job.theta0 - 2 * Math.atan2(Math.sqrt(q), Math.sqrt(p)));
    weight = sine > 0 ? job.force0 / sine : 0;
  } else {
    const geodesic = job.kind >= GEODESIC;
    const rho = geodesic ? 2 * Math.atan2(Math.sqrt(q), Math.sqrt(p)) : Math.sqrt(2 * q);
    value = exact_value(job, rho);
    weight = geodesic && sine == 0 ? 0 : exact_slope(job, rho, value) / (geodesic ? sine : rho);
  }
  add_to_row(job, i, value);
  if (!diagonal) add_to_row(job, j, value);
  if (!job.withGradient || weight == 0) return;
  const w = job.factor == 0 ? 0 : weight / job.factor;
  if (abs(w) < 1e30) return add_forces(job, i, j, x, y, <f32>w, opposite, diagonal);
  add_large_force(job, i, x, y, w, opposite);
  if (!diagonal) add_large_force(job, j, y, x, w, opposite);
}

/**
 * force_i += w (y ∓ x) and, unless diagonal, force_j += w (x ∓ y): the same tangent part as w y and w x,
 * without cancellation. Components of near rows are subtracted without rounding.
 */
function add_forces(job: Job, i: i32, j: i32, x: usize, y: usize, w: f32, opposite: bool, diagonal: bool): void {
  let gi = job.force + (<usize>(i * job.width) << 2);
  let gj = job.force + (<usize>(j * job.width) << 2);
  const onI = f32x4.splat(w);
  const onJ = f32x4.splat(diagonal ? 0 : opposite ? w : -w);
  let c = job.d;
  for (; c >= 4; c -= 4) {
    const t = opposite ? f32x4.add(v128.load(y), v128.load(x)) : f32x4.sub(v128.load(y), v128.load(x));
    v128.store(gi, f32x4.add(v128.load(gi), f32x4.mul(t, onI)));
    if (!diagonal) v128.store(gj, f32x4.add(v128.load(gj), f32x4.mul(t, onJ)));
    x += 16;
    y += 16;
    gi += 16;
    gj += 16;
  }
  for (; c > 0; c--) {
    const t = opposite ? load<f32>(y) + load<f32>(x) : load<f32>(y) - load<f32>(x);
    store<f32>(gi, load<f32>(gi) + t * w);
    if (!diagonal) store<f32>(gj, load<f32>(gj) + t * f32x4.extract_lane(onJ, 0));
    x += 4;
    y += 4;
    gi += 4;
    gj += 4;
  }
}

function exact_value(job: Job, rho: f64): f64 {
  const shape = job.kind % GEODESIC;
  if (shape == GAUSSIAN) return Math.exp(-job.scale * rho * rho);
  if (shape == LAPLACE) return Math.exp(-job.scale * rho);
  if (shape == LOGARITHM) return -Math.log(rho);
  const power = Math.exp(-job.scale * Math.log(rho));
  return job.scale > 0 ? power : -power;
}

/** −dk/dρ. */
function exact_slope(job: Job, rho: f64, value: f64): f64 {
  const shape = job.kind % GEODESIC;
  if (shape == GAUSSIAN) return 2 * job.scale * rho * value;
  if (shape == LAPLACE) return job.scale * value;
  return shape == LOGARITHM ? 1 / rho : (job.scale * value) / rho;
}

function add_to_row(job: Job, i: i32, value: f64): void {
  const total = job.rowSums + (<usize>i << 3);
  store<f64>(total, load<f64>(total) + value);
}

/** force_i += w (y ∓ x) for a weight that float32 may not hold, though it holds the force. */
function add_large_force(job: Job, i: i32, x: usize, y: usize, w: f64, opposite: bool): void {
  let g = job.force + (<usize>(i * job.width) << 2);
  for (let c = 0; c < job.d; c++) {
    const a = <f64>load<f32>(x);
    const b = <f64>load<f32>(y);
    store<f32>(g, <f32>(<f64>load<f32>(g) + w * (opposite ? b + a : b - a)));
    x += 4;
    y += 4;
    g += 4;
  }
}

/** points_i ← factor · (I − x_i x_iᵀ / ‖x_i‖²) force_i: by now nobody reads the block's points any more. */
function finish_block(job: Job, block: i32): void {
  if (!job.withGradient) return;
  const d = job.d;
  const end = min(job.n, (block + 1) * job.block);
  for (let i = block * job.block; i < end; i++) {
    const x = job.points + (<usize>(i * d) << 2);
    const g = job.force + (<usize>(i * job.width) << 2);
    let along: f64 = 0;
    let squared: f64 = 0;
    for (let c: usize = 0; c < <usize>d << 2; c += 4) {
      const xc = <f64>load<f32>(x + c);
      along += <f64>load<f32>(g + c) * xc;
      squared += xc * xc;
    }
    const share = squared > 0 ? along / squared : 0;
    let largest: f32 = 0;
    for (let c: usize = 0; c < <usize>d << 2; c += 4) {
      const xc = <f64>load<f32>(x + c);
      const value = <f32>(job.factor * (<f64>load<f32>(g + c) - share * xc));
      largest = max(largest, abs(value));
      store<f32>(x + c, value);
    }
    // `max` keeps NaN.
    if (!(largest < Infinity)) job.overflow = 1;
  }
}
