import type { ComparisonRow } from '../../../families/comparisons/types.ts';
import type { ParityResult } from '../../parity/index.ts';
import type { Numbers } from '../contract.ts';

/** A number about two spaces and one sentence on what it is. */
export interface ComparisonLine extends ComparisonRow {
  readonly summary: string;
}

/** A row whose neighbours changed. */
export interface MovedRow {
  readonly label: string;
  /** Its nearest in A and in B, and how many are in both lists. */
  readonly a: readonly string[];
  readonly b: readonly string[];
  readonly overlap: number;
}

/** What is drawn; of two sets without pairs of rows, the spectra only. */
export interface ComparePictures {
  /** Shares of the variance by direction, largest first. */
  readonly spectra: { readonly a: Numbers; readonly b: Numbers };
  readonly cosines?:
    | {
        /** Of rows as they stand, where both have the same columns. */
        readonly plain?: Numbers | undefined;
        /** After the rotation that fits other rows best. */
        readonly rotated: Numbers;
        /** Of rows as they stand with rows of other numbers. */
        readonly unrelated?: Numbers | undefined;
      }
    | undefined;
  /** Mean overlap of the k nearest neighbours, k = 1 …, and k/(n − 1) by chance. */
  readonly overlap?: { readonly mean: Numbers; readonly chance: Numbers } | undefined;
  /** The rows that keep fewest of their k neighbours, of `among` rows looked at. */
  readonly moved?:
    | { readonly k: number; readonly among: number; readonly rows: readonly MovedRow[] }
    | undefined;
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
