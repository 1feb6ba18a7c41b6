import type { Interval } from './recall-interval.ts';

export const ALIGN_VERDICTS = ['use', 'use-for-recall', 'do-not-use'] as const;
export type AlignVerdict = (typeof ALIGN_VERDICTS)[number];

/** Recall that the whole interval must reach. */
export const ENOUGH = 0.8;

/** `use` where recall@1 is 0.8 or more, `use-for-recall` where recall@10 is, by the low ends of their intervals. */
export function verdictOf({
  recallAt1,
  recallAt10,
}: {
  readonly recallAt1: Interval;
  readonly recallAt10: Interval;
}): AlignVerdict {
  if (recallAt1.low >= ENOUGH) return 'use';
  return recallAt10.low >= ENOUGH ? 'use-for-recall' : 'do-not-use';
}
