import { high, Job, low, mixed, RANKS, store_pair } from './job.as';

/** Places of a map's points `from` to `from + count`, count a multiple of 4. */
export function place_plane(address: usize, from: i32, count: i32): void {
  const job = changetype<Job>(address);
  for (let k = 0; k < count; k += 4) {
    const at = (<usize>(from + k)) << 2;
    const to = (<usize>k) << 3;
    const x = v128.load(job.x + at);
    const y = v128.load(job.y + at);
    store_pair(job, low(x), low(y), to);
    store_pair(job, high(x), high(y), to + 16);
  }
}

/** The same of the globe seen from afar, and ranks by depth. */
export function place_globe(address: usize, from: i32, count: i32): void {
  const job = changetype<Job>(address);
  for (let k = 0; k < count; k += 4) {
    const at = (<usize>(from + k)) << 2;
    const to = (<usize>k) << 3;
    const x = v128.load(job.x + at);
    const y = v128.load(job.y + at);
    const z = v128.load(job.z + at);
    const first = globe_pair(job, low(x), low(y), low(z), to);
    const second = globe_pair(job, high(x), high(y), high(z), to + 16);
    v128.store(job.ranks + (to >> 1), v128.shuffle<i64>(first, second, 0, 2));
  }
}

// @ts-ignore: decorator
@inline
function globe_pair(job: Job, x: v128, y: v128, z: v128, to: usize): v128 {
  const right = mixed(f64x2.splat(job.a), x, f64x2.splat(job.b), y, f64x2.splat(job.c), z);
  const up = mixed(f64x2.splat(job.d), x, f64x2.splat(job.e), y, f64x2.splat(job.f), z);
  const front = mixed(f64x2.splat(job.g), x, f64x2.splat(job.h), y, f64x2.splat(job.j), z);
  store_pair(job, right, up, to);
  const share = f64x2.add(f64x2.mul(front, f64x2.splat(0.49)), f64x2.splat(0.5));
  const rank = f64x2.add(f64x2.splat(1), f64x2.mul(share, f64x2.splat(RANKS)));
  return i32x4.trunc_sat_f64x2_s_zero(rank);
}

/** The same of Lambert's map: see src/view/projections/lambert.ts. */
export function place_lambert(address: usize, from: i32, count: i32): void {
  const job = changetype<Job>(address);
  for (let k = 0; k < count; k += 4) {
    const at = (<usize>(from + k)) << 2;
    const to = (<usize>k) << 3;
    const x = v128.load(job.x + at);
    const y = v128.load(job.y + at);
    const z = v128.load(job.z + at);
    lambert_pair(job, low(x), low(y), low(z), to);
    lambert_pair(job, high(x), high(y), high(z), to + 16);
  }
}

// @ts-ignore: decorator
@inline
function lambert_pair(job: Job, x: v128, y: v128, z: v128, to: usize): void {
  const right = mixed(f64x2.splat(job.a), x, f64x2.splat(job.b), y, f64x2.splat(job.c), z);
  const up = mixed(f64x2.splat(job.d), x, f64x2.splat(job.e), y, f64x2.splat(job.f), z);
  const front = mixed(f64x2.splat(job.g), x, f64x2.splat(job.h), y, f64x2.splat(job.j), z);
  const one = f64x2.splat(1);
  const two = f64x2.splat(2);
  const across = f64x2.add(f64x2.mul(right, right), f64x2.mul(up, up));
  const isBehind = f64x2.lt(front, f64x2.splat(0));
  const over = v128.bitselect(f64x2.mul(two, f64x2.sub(one, front)), two, isBehind);
  const under = v128.bitselect(across, f64x2.add(one, front), isBehind);
  const stretch = f64x2.sqrt(f64x2.div(over, under));
  const isPole = v128.and(isBehind, f64x2.lt(across, f64x2.splat(1e-300)));
  const u = v128.bitselect(two, f64x2.mul(stretch, right), isPole);
  const v = v128.andnot(f64x2.mul(stretch, up), isPole);
  store_pair(job, u, v, to);
}
