import { expect, test } from 'vitest';
import { studyData } from '../../cli/study/places.ts';
import { Random } from '../../core/random.ts';
import { emojiAnalogies, loadEmoji, sharedCounts, wordCounts } from './emoji.ts';

test('every emoji has a picture, a name and keywords', async () => {
  const { emoji, pictures } = await loadEmoji(studyData());
  expect([emoji.length, pictures.rows, pictures.cols]).toEqual([1623, 1623, 768]);
  const at = emoji.findIndex(({ name }) => name === 'red heart');
  expect(emoji[at].keywords).toContain('love');
  expect(emoji[at].foreign).toContain('de:herz');
  // Its middle is red, its corner white.
  const pixel = (x: number, y: number) =>
    Array.from(
      pictures.data.subarray(at * 768 + 3 * (16 * y + x), at * 768 + 3 * (16 * y + x) + 3),
    );
  const [red, green, blue] = pixel(8, 7);
  expect(red).toBeGreaterThan(0.7);
  expect(Math.max(green, blue)).toBeLessThan(0.4);
  expect(pixel(0, 15)).toEqual([1, 1, 1]);
});

test('tables count words that two objects have, and how many they share', () => {
  const words = [['a', 'b'], ['b', 'c', 'a'], ['d']];
  const table = wordCounts(words);
  expect([table.rows, table.cols]).toEqual([3, 2]);
  expect(Array.from(table.data)).toEqual([1, 1, 1, 1, 0, 0]);
  expect(Array.from(sharedCounts(words).data)).toEqual([0, 2, 0, 2, 0, 0, 0, 0, 0]);
});

test('analogies are of two pairs that differ in the word man alone', async () => {
  const { emoji } = await loadEmoji(studyData());
  const questions = emojiAnalogies(emoji, 20, Random.fromSeed(1));
  for (const question of questions) {
    const [a, b, c, d] = question.map((i) => emoji[i].name);
    expect(a).not.toBe(c);
    expect([b, d]).toEqual([a, c].map((name) => name.replace(/\bman\b/, 'woman')));
  }
});
