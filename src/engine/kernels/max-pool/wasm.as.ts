import { Patches } from '../matmul/patches.as';

/** Windows per task. */
// @ts-ignore: decorator
@inline
const WINDOWS: i32 = 512;

@unmanaged
class Job {
  images: usize;
  out: usize;
  places: usize;
  count: i32;
  /** Ten numbers: see matmul/patches.as.ts. */
  kernelHeight: i32;
}

export function max_pool(address: usize, task: i32, scratch: usize): void {
  const job = changetype<Job>(address);
  const end = min(job.count, (task + 1) * WINDOWS);
  for (let window = task * WINDOWS; window < end; window++) pool_window(job, window);
}

function pool_window(job: Job, window: i32): void {
  const p = changetype<Patches>(changetype<usize>(job) + offsetof<Job>('kernelHeight'));
  const line = window / p.across;
  const x = (window - line * p.across) * p.stride - p.left;
  const image = line / p.down;
  const y = (line - image * p.down) * p.stride - p.top;
  const bottom = min(y + p.kernelHeight, p.height);
  const right = min(x + p.kernelWidth, p.width);
  const to = window * p.channels;
  let c = 0;
  for (; c + 4 <= p.channels; c += 4) {
    let best = f32x4.splat(-Infinity);
    let places = i32x4.splat(-1);
    for (let row = max(y, 0); row < bottom; row++) {
      for (let col = max(x, 0); col < right; col++) {
        const at = ((image * p.height + row) * p.width + col) * p.channels + c;
        const value = v128.load(job.images + (<usize>at << 2));
        const least = v128.or(f32x4.le(value, best), f32x4.ne(best, best));
        const kept = v128.and(i32x4.ge_s(places, i32x4.splat(0)), least);
        best = v128.bitselect(best, value, kept);
        places = v128.bitselect(places, i32x4.add(i32x4.splat(at), i32x4(0, 1, 2, 3)), kept);
      }
    }
    v128.store(job.out + (<usize>(to + c) << 2), best);
    v128.store(job.places + (<usize>(to + c) << 2), places);
  }
  for (; c < p.channels; c++) {
    let best = <f32>-Infinity;
    let place = -1;
    for (let row = max(y, 0); row < bottom; row++) {
      for (let col = max(x, 0); col < right; col++) {
        const at = ((image * p.height + row) * p.width + col) * p.channels + c;
        const value = load<f32>(job.images + (<usize>at << 2));
        if (place >= 0 && (value <= best || best != best)) continue;
        best = value;
        place = at;
      }
    }
    store<f32>(job.out + (<usize>(to + c) << 2), best);
    store<i32>(job.places + (<usize>(to + c) << 2), place);
  }
}
