export type { ComparePictures, MovedRow } from '../../../families/comparisons/index.ts';

import type { ComparePictures } from '../../../families/comparisons/index.ts';
import type { ComparisonRow } from '../../../families/comparisons/types.ts';
import type { ParityResult } from '../../parity/index.ts';

/** A number about two spaces and one sentence on what it is. */
export interface ComparisonLine extends ComparisonRow {
  readonly summary: string;
}

/** Everything the report of a comparison shows. Only plain data: the same data gives the same bytes. */
export interface CompareReportData {
  readonly nameA: string;
  readonly nameB: string;
  readonly nA: number;
  readonly nB: number;
  readonly dA: number;
  readonly dB: number;
  /** How rows were matched, in one sentence. */
  readonly matching: string;
  readonly engine: string;
  readonly seconds: number;
  readonly versions: Readonly<Record<string, string>>;
  /** What the numbers say together, in one sentence. */
  readonly sentence: string;
  readonly lines: readonly ComparisonLine[];
  readonly pictures: ComparePictures;
  /** Where it was asked for. */
  readonly parity?: ParityResult | undefined;
  readonly warnings: readonly string[];
}
