import type { Numbers } from '../contract.ts';
import { type LineSeries, lineChart } from './line.ts';
import type { Picture } from './svg.ts';

export interface SpectrumOptions extends Picture {
  /** Singular values, decreasing. */
  readonly before: Numbers;
  readonly after?: Numbers | undefined;
  /** All of them would have this value if no direction were preferred. */
  readonly isotropic?: number;
}

/** Singular values by rank on a logarithmic axis, before and after. */
export function spectrum(options: SpectrumOptions): string {
  const { before, after, isotropic } = options;
  const lines: LineSeries[] = after
    ? [
        { kind: 'before', label: 'before', ...ranked(before) },
        { kind: 'after', label: 'after', ...ranked(after) },
      ]
    : [{ kind: 'after', label: '', ...ranked(before) }];
  return lineChart({
    ...options,
    xTitle: 'rank',
    yTitle: 'singular value',
    lines,
    logY: true,
    ...(isotropic === undefined ? {} : { reference: { label: 'all equal', y: isotropic } }),
  });
}

function ranked(y: Numbers): { x: number[]; y: Numbers } {
  return { x: Array.from({ length: y.length }, (_, i) => i + 1), y };
}
