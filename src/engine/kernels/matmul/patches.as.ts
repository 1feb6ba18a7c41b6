/** The matrix of what windows over images see: see patches.ts; the order is that of patchNumbers. */
@unmanaged
export class Patches {
  kernelHeight: i32;
  kernelWidth: i32;
  height: i32;
  width: i32;
  channels: i32;
  stride: i32;
  down: i32;
  across: i32;
  top: i32;
  left: i32;
}

/** Columns start … start + cols of the windows first … first + count, one window after the other. */
export function gather_patches(images: usize, address: usize, first: i32, count: i32, start: i32, cols: i32, out: usize): void {
  const p = changetype<Patches>(address);
  const channels = p.channels;
  const run = p.kernelWidth * channels;
  const end = start + cols;
  for (let window = first; window < first + count; window++) {
    const line = window / p.across;
    const x = (window - line * p.across) * p.stride - p.left;
    const image = line / p.down;
    const y = (line - image * p.down) * p.stride - p.top;
    const from = max(0, -x) * channels;
    const to = min(p.kernelWidth, p.width - x) * channels;
    for (let r = start / run; r * run < end; r++) {
      const low = max(0, start - r * run);
      const high = min(run, end - r * run);
      const row = y + r;
      if (row < 0 || row >= p.height) {
        memory.fill(out, 0, <usize>(high - low) << 2);
      } else {
        copy_run(images + (<isize>(((image * p.height + row) * p.width + x) * channels) << 2), low, high, from, to, out);
      }
      out += <usize>(high - low) << 2;
    }
  }
}

/** The places start … end of a run, of which from … to lie in the image; 0 elsewhere. */
function copy_run(source: usize, start: i32, end: i32, from: i32, to: i32, out: usize): void {
  let e = start;
  for (; e < end && e < from; e++, out += 4) store<f32>(out, 0);
  const inside = min(end, to);
  for (; e + 4 <= inside; e += 4, out += 16) v128.store(out, v128.load(source + (<usize>e << 2)));
  for (; e < inside; e++, out += 4) store<f32>(out, load<f32>(source + (<usize>e << 2)));
  for (; e < end; e++, out += 4) store<f32>(out, 0);
}
