import { atan2 } from '../circle-spacing/wasm.as';

/** Of contract.ts. */
const ROWS: i32 = 1024;
const CIRCLES: i32 = 16;
const UNITS: f64 = 1048576;
/** Adding and subtracting it rounds to a whole number, halves to even. */
const ROUNDING: f64 = 6755399441055744;

@unmanaged
class Job {
  /** n × 2L. */
  projections: usize;
  /** R × L × (K + 1) counts, or L × K × 2 numbers of arcs. */
  table: usize;
  /** A sum for each block. */
  sums: usize;
  n: i32;
  circles: i32;
  arcs: i32;
  parts: i32;
  /** K/2π, stated: a quotient of its own might be rounded otherwise. */
  perTurn: f64;
  scale: f64;
  inverseCap: f64;
}

/** Where an angle lies, in arcs. */
// @ts-ignore: decorator
@inline
function place_of(angle: f64, job: Job): f64 {
  const place = (angle + Math.PI) * job.perTurn;
  const most = <f64>job.arcs;
  return place >= 0 ? (place <= most ? place : most) : 0;
}

// @ts-ignore: decorator
@inline
function arc_of(place: f64, arcs: i32): i32 {
  return place < <f64>arcs ? <i32>place : arcs - 1;
}

// @ts-ignore: decorator
@inline
function angle_at(at: usize): f64 {
  return <f64><f32>atan2(<f64>load<f32>(at, 4), <f64>load<f32>(at));
}

/** A task: some circles, a part of the rows. */
export function circle_counts(address: usize, task: i32, _scratch: usize): void {
  const job = changetype<Job>(address);
  const stride = <usize>job.circles << 3;
  const part = task % job.parts;
  const from = (task / job.parts) * CIRCLES;
  const to = min(job.circles, from + CIRCLES);
  const first = <i32>((<i64>job.n * <i64>part) / <i64>job.parts);
  const end = <i32>((<i64>job.n * <i64>(part + 1)) / <i64>job.parts);
  const width = <usize>(job.arcs + 1) << 3;
  const counts = job.table + <usize>(part * job.circles) * width;
  for (let i = first; i < end; i++) {
    const row = job.projections + <usize>i * stride;
    for (let l = from; l < to; l++) {
      const angle = angle_at(row + (<usize>l << 3));
      const own = counts + <usize>l * width;
      const at = own + (<usize>arc_of(place_of(angle, job), job.arcs) << 3);
      store<f64>(at, load<f64>(at) + 1);
      const last = own + width - 8;
      store<f64>(last, load<f64>(last) + (angle * UNITS + ROUNDING - ROUNDING));
    }
  }
}

/** Overwrites the columns of the rows of a block. */
export function circle_forces(address: usize, task: i32, _scratch: usize): void {
  const job = changetype<Job>(address);
  const stride = <usize>job.circles << 3;
  const first = task * ROWS;
  const end = min(job.n, first + ROWS);
  let total: f64 = 0;
  for (let l = 0; l < job.circles; l++) {
    const table = job.table + ((<usize>l * <usize>job.arcs) << 4);
    let sum: f64 = 0;
    for (let i = first; i < end; i++) {
      const at = job.projections + <usize>i * stride + (<usize>l << 3);
      const angle = angle_at(at);
      const place = place_of(angle, job);
      const arc = arc_of(place, job.arcs);
      const entry = table + (<usize>arc << 4);
      const middle = load<f64>(entry) + load<f64>(entry, 8) * (place - <f64>arc);
      const residual = angle - middle;
      sum += residual * residual;
      const p = <f64>load<f32>(at);
      const q = <f64>load<f32>(at, 4);
      const inverse = 1 / Math.sqrt(p * p + q * q);
      const capped = inverse < job.inverseCap ? inverse : job.inverseCap;
      const force = inverse == Infinity ? 0 : job.scale * residual * inverse * capped;
      store<f32>(at, <f32>(-force * q));
      store<f32>(at, <f32>(force * p), 4);
    }
    total += sum;
  }
  store<f64>(job.sums + (<usize>task << 3), total);
}
