import { describe, expect, test } from 'vitest';
import { angleOfChord } from '../../core/numeric.ts';
import { Random } from '../../core/random.ts';
import { rowNorms } from '../../core/rows.ts';
import { referenceEngine } from '../../engine/reference.ts';
import { memoryStore } from '../../io/byte-store.ts';
import { decodeModel, encodeModel } from '../../learning/index.ts';
import { sliced } from '../objectives/index.ts';
import { translate, translator } from './index.ts';

const WORDS = ['nul', 'een', 'twee', 'drie', 'vier', 'vijf'];

/** Rows of three digits, and the digits in words, the last one first. */
function digits(n: number, seed = 1) {
  const random = Random.fromSeed(seed);
  const rows = Array.from({ length: n }, () => [0, 1, 2].map(() => random.integer(6)));
  return {
    texts: rows.map((row) => row.join(' ')),
    translations: rows.map((row) =>
      row
        .map((digit) => WORDS[digit])
        .toReversed()
        .join(' '),
    ),
  };
}

const small = {
  units: 'words',
  dim: 32,
  steps: 200,
  batch: 32,
  learningRate: 0.01,
  dropout: 0,
  heldOut: 0.2,
} as const;

describe('translator', () => {
  test.each(['gru', 'transformer'] as const)(
    '%s learns words that change places',
    async (architecture) => {
      const { report } = await translator(digits(160), { ...small, architecture });
      expect(report.heldOut).toBe(32);
      expect(report.leftOut).toBe(0);
      expect(report.chrf).toBeGreaterThan(90);
      expect(report.accuracy).toBeGreaterThan(0.9);
    },
  );
});
