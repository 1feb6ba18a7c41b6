import { describe, expect, test } from 'vitest';
import { packedInMemory } from '../../io/packed.ts';
import { allLabels, hasLabels, labelArrays, labelOfRow, rowOfLabel } from './label-index.ts';

const opened = (labels: readonly string[]) => packedInMemory({}, labelArrays(labels));

describe('the labels of a store', () => {
  test('each of many is found at its row, and none that is not there', async () => {
    const labels = Array.from({ length: 3000 }, (_, i) => `word ${i}`);
    const packed = opened(labels);
    for (const [row, label] of labels.entries()) {
      expect(await rowOfLabel(packed, label)).toBe(row);
      expect(await rowOfLabel(packed, `no ${label}`)).toBeUndefined();
    }
    expect(await labelOfRow(packed, 2999)).toBe('word 2999');
    expect(await allLabels(packed)).toEqual(labels);
  });

  test('of equal labels the first row counts', async () => {
    expect(await rowOfLabel(opened(['b', 'a', 'b', 'a']), 'a')).toBe(1);
  });

  test('case counts unless it is to be ignored: then as it is, in small letters, in any case', async () => {
    const packed = opened(['KING', 'King', 'king', 'Queen', 'Ünder']);
    expect(await rowOfLabel(packed, 'King')).toBe(1);
    expect(await rowOfLabel(packed, 'KINg')).toBeUndefined();
    expect(await rowOfLabel(packed, 'KINg', true)).toBe(2);
    expect(await rowOfLabel(packed, 'KING', true)).toBe(0);
    expect(await rowOfLabel(packed, 'QUEEN', true)).toBe(3);
    expect(await rowOfLabel(packed, 'ünDER', true)).toBe(4);
  });

  test('empty labels, other scripts and one label alone', async () => {
    const packed = opened(['', '東京', '😀']);
    expect(await Promise.all(['', '東京', '😀'].map((l) => rowOfLabel(packed, l)))).toEqual([
      0, 1, 2,
    ]);
    expect(await rowOfLabel(opened(['one']), 'one')).toBe(0);
    expect(await rowOfLabel(opened(['one']), 'two')).toBeUndefined();
  });

  test('no labels at all', async () => {
    expect(hasLabels(packedInMemory({}, {}))).toBe(false);
    expect(await rowOfLabel(opened([]), 'a', true)).toBeUndefined();
  });

  test('a table without an empty slot ends', async () => {
    const arrays = labelArrays(['a', 'b', 'c']);
    const full = Uint32Array.from({ length: arrays['label-slots'].data.length }, () => 1);
    const packed = packedInMemory(
      {},
      {
        ...arrays,
        'label-slots': { ...arrays['label-slots'], data: full },
      },
    );
    expect(await rowOfLabel(packed, 'a')).toBeUndefined();
  });
});
