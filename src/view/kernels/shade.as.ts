import { Job, SELECTED } from './job.as';

/** Cells as colors; leaves the cells empty for the next picture. What the job says is read once. */
export function shade(address: usize, isRound: i32): void {
  const job = changetype<Job>(address);
  const ground = i32x4.splat(job.ground);
  const isSelecting = job.isSelecting !== 0;
  const levels = job.levels;
  const depths = job.depths;
  const colors = job.colors;
  const width = (<usize>job.width) << 2;
  const stride = (<usize>job.stride) << 2;
  const start = (<usize>(job.pad * job.stride + job.pad)) << 2;
  let cells = job.cells + start;
  let covers = job.covers + (start >> 1);
  let to = job.pixels;
  for (let y = job.height; y > 0; y--) {
    for (let x: usize = 0; x < width; x += 4) {
      // Four empty cells at once; the row goes on beyond the picture by the pad at least.
      while (x + 16 <= width && !v128.any_true(v128.load(cells + x))) {
        v128.store(to + x, ground);
        x += 16;
      }
      if (x >= width) break;
      const cell = load<i32>(cells + x);
      if (cell === 0) {
        store<i32>(to + x, i32x4.extract_lane(ground, 0));
        continue;
      }
      // Square points: selected, rank, shade, number. Round ones: selected, core, rank, shade, and covers elsewhere.
      const wide = isRound === 0 ? cell : cell << 8;
      const points = isRound === 0 ? cell & 255 : <i32>load<u16>(covers + (x >> 1));
      const depth = (wide >> 20) & 0x3fc;
      let level = (<i32>load<u8>(levels + <usize>points) * load<i32>(depths + <usize>depth)) >> 8;
      if (isSelecting) level = (cell & SELECTED) === 0 ? (level * 77) >> 8 : (level + 255) >> 1;
      store<i32>(to + x, load<i32>(colors + (<usize>((wide & 0xff00) | level) << 2)));
    }
    to += width;
    cells += stride;
    covers += stride >> 1;
  }
  const size = stride * <usize>job.rows;
  memory.fill(job.cells, 0, size);
  if (isRound !== 0) memory.fill(job.covers, 0, size >> 1);
}
