import { matrix } from '../core/matrix.ts';
import { Random } from '../core/random.ts';

/**
 * Rows of segments of those lengths: each a direction of its own plus normal noise of so much of its length.
 * `starts` are the rows at which a segment begins, but for the first.
 */
export function plantedSegments(
  lengths: readonly number[],
  d: number,
  noise: number,
  seed: number,
) {
  const random = Random.fromSeed(seed);
  const direction = () => {
    const v = Float64Array.from({ length: d }, () => random.normal());
    const length = Math.hypot(...v);
    return v.map((x) => x / length);
  };
  const data: number[] = [];
  const classes: string[] = [];
  for (const [s, length] of lengths.entries()) {
    const topic = direction();
    for (let i = 0; i < length; i++) {
      classes.push(`segment ${s}`);
      for (const x of topic) data.push(x + (noise / Math.sqrt(d)) * random.normal());
    }
  }
  const starts = classes.flatMap((name, i) => (i > 0 && name !== classes[i - 1] ? [i] : []));
  return { points: matrix(Float64Array.from(data), classes.length, d), classes, starts };
}
