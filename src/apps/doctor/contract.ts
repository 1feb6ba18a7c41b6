import type { MetricRow } from '../../families/metrics/types.ts';
import type { Cure } from './cures.ts';
import type { Facts } from './facts/index.ts';

/** As in SARIF: an error breaks searches or training, a warning costs quality, a note is good to know. */
export const SEVERITIES = ['error', 'warning', 'note'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** One thing that is wrong with a file, in plain words. */
export interface Finding {
  /** Of the rule. */
  readonly id: string;
  readonly severity: Severity;
  /** What is wrong, with its number, and what it means for the reader. */
  readonly sentence: string;
  /** The rows concerned, worst first, counted from 0; empty where all are. */
  readonly rows: readonly number[];
  /** The columns concerned, worst first; empty where all are. */
  readonly columns: readonly number[];
  /** The command or the act that helps. */
  readonly fix: string;
  /** The same as data, where it is an act on the rows: after it the finding is gone. */
  readonly cure?: Cure;
}

/** What rules look at. */
export interface Examined {
  /** Name of the file, for commands. */
  readonly source: string;
  readonly n: number;
  readonly d: number;
  /** The measured numbers by metric id. */
  readonly metric: (id: string) => MetricRow | undefined;
  readonly labelOf: (row: number) => string;
  /** What the rows themselves say; left out where only numbers are known. */
  readonly facts?: Facts;
}

/** Something that is looked for: what reports list whether or not it was found. */
export interface Check {
  readonly id: string;
  /** One sentence: what is looked for. */
  readonly summary: string;
}

/** A sign that a number gives, and what to say when it shows. */
export interface Rule extends Check {
  /** Ids of the metrics it reads. */
  readonly reads: readonly string[];
  /** Rules whose findings this one's is the likely cause of: they are named in it, not beside it. */
  readonly explains?: readonly string[];
  readonly examine: (file: Examined) => Omit<Finding, 'id'> | undefined;
}
