import type { RowDistortion } from '../../../families/comparisons/index.ts';
import type { Expected } from '../../../families/comparisons/types.ts';
import type { CloudPanel } from '../cloud/contract.ts';

/** A number about a map, beside its value for a map whose rows are permuted; null where it does not exist. */
export interface QualityNumber {
  readonly value: number | null;
  /** 95 % interval for rows drawn like these. */
  readonly low: number | null;
  readonly high: number | null;
  readonly null: Expected | null;
}

/** The names of the numbers that every map carries, in the order in which they are shown. */
export const QUALITY_NUMBERS = [
  'trustworthiness',
  'continuity',
  'neighborRecall10',
  'neighborRecall50',
  'stress',
] as const;
export type QualityName = (typeof QUALITY_NUMBERS)[number];

export interface MapQuality extends Readonly<Record<QualityName, QualityNumber>> {
  /** Rows whose neighbours were asked for; they are looked for among all rows. */
  readonly rows: number;
  /** Whether the map lies on a sphere, and stress is that of its angles. */
  readonly sphere: boolean;
}

/** Each number's title, and what it says in one sentence. */
export const QUALITY_WORDS: Readonly<
  Record<QualityName, { readonly title: string; readonly summary: string }>
> = {
  trustworthiness: {
    title: 'trustworthiness',
    summary: 'Whether a row’s 12 neighbours in the map are near it in the original: 1 is best.',
  },
  continuity: {
    title: 'continuity',
    summary: 'Whether a row’s 12 nearest in the original stay near it in the map: 1 is best.',
  },
  neighborRecall10: {
    title: 'neighbour recall, 10',
    summary: 'The share of the 10 nearest that are the 10 nearest in the map: 1 is best.',
  },
  neighborRecall50: {
    title: 'neighbour recall, 50',
    summary: 'The same of 50.',
  },
  stress: {
    title: 'stress',
    summary: 'How much the distances differ at the best scale (Kruskal’s stress-1): 0 is best.',
  },
};

export interface MapReportData {
  /** Name of the file or data set. */
  readonly name: string;
  /** Title of the reduction. */
  readonly method: string;
  readonly n: number;
  readonly d: number;
  readonly dim: number;
  readonly engine: string;
  readonly seconds: number;
  readonly versions: Readonly<Record<string, string>>;
  readonly facts: Readonly<Record<string, number>>;
  readonly quality: MapQuality;
  readonly warnings: readonly string[];
  /** Columns of what is drawn: 3 on a sphere. */
  readonly dims: 2 | 3;
  /** Where the rows that are shown lie, seen from one or more sides. */
  readonly panels: readonly CloudPanel[];
  /** What the panels show of the map, in one sentence. */
  readonly view: string;
  /** The rows shown, ascending, and what each is called. */
  readonly shown: Int32Array;
  readonly labels: readonly string[];
  /** Whether rows have names of their own, other than their classes. */
  readonly isNamed: boolean;
  /** Names of the classes, and that of each row shown; −1 for none. */
  readonly classes?:
    | { readonly column: string; readonly names: readonly string[]; readonly of: Int32Array }
    | undefined;
  /** How badly the rows asked about are placed; left out of fewer than 3 rows. */
  readonly distortion?: RowDistortion | undefined;
  /** What rows asked about are called. */
  readonly askedLabels: readonly string[];
}
