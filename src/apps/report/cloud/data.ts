import type { ProjectionId } from '../../../view/projections/index.ts';
import type { CloudFigure, CloudMark } from './contract.ts';
import { packed, packedIntegers } from './packing.ts';

/** What the page's script reads of a figure: JSON, with arrays as base64. */
export interface CloudData {
  readonly dims: 2 | 3;
  readonly projections: readonly ProjectionId[];
  readonly panels: readonly { readonly positions: string; readonly after?: string }[];
  readonly labels: readonly string[];
  readonly isNamed: boolean;
  readonly landmarks: readonly number[];
  readonly classes?: { readonly names: readonly string[]; readonly of: string };
  readonly marks: readonly CloudMark[];
  readonly readings: readonly { readonly title: string; readonly values: string }[];
}

/** Id of the element that holds the data of all figures of a page, by their ids. */
export const CLOUD_DATA_ID = 'cloud-data';

/** A figure packed: 2 bytes a coordinate. */
export function cloudData(figure: CloudFigure): CloudData {
  const { dims, projections, panels, labels, isNamed, landmarks, classes, marks = [] } = figure;
  const within = dims === 3 ? (values: Float32Array) => values : withinUnit;
  return {
    dims,
    projections,
    panels: panels.map(({ positions, after }) => ({
      positions: packed(within(positions)),
      ...(after ? { after: packed(within(after)) } : {}),
    })),
    labels,
    isNamed,
    landmarks,
    ...(classes ? { classes: { names: classes.names, of: packedIntegers(classes.of) } } : {}),
    marks,
    readings: (figure.readings ?? []).map(({ title, values }) => ({
      title,
      values: packed(Array.from(values)),
    })),
  };
}

/** A map moved and scaled into [−1, 1]², its shape kept. */
function withinUnit(positions: Float32Array): Float64Array {
  const [x, y] = [extent(positions, 0), extent(positions, 1)];
  const half = Math.max(x.high - x.low, y.high - y.low) / 2 || 1;
  return Float64Array.from(positions, (value, i) => {
    const { low, high } = i % 2 === 0 ? x : y;
    return (value - (low + high) / 2) / half;
  });
}

/** The least and the greatest of a column; 0 and 0 where there is none. */
export function extent(positions: Float32Array, column: 0 | 1): { low: number; high: number } {
  let [low, high] = [Infinity, -Infinity];
  for (let i = column; i < positions.length; i += 2) {
    if (positions[i] < low) low = positions[i];
    if (positions[i] > high && positions[i] < Infinity) high = positions[i];
  }
  return low <= high && low > -Infinity ? { low, high } : { low: 0, high: 0 };
}
