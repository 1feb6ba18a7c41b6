import { expect, test } from 'vitest';
import { packedInMemory } from '../../io/packed.ts';
import { gramArrays } from './gram-index.ts';
import { labelArrays } from './label-index.ts';
import { blendedVector, likeWords, spellingVector } from './unknown-words.ts';
import { dot, unit } from './vectors.ts';

const labels = ['the', 'king', 'kings', 'queen', 'accommodate', 'receive', 'king', 'Zürich'];
const packed = packedInMemory({}, { ...labelArrays(labels), ...gramArrays(labels) });
const like = (word: string) => likeWords(packed, packed, word);

test('a spelling gives a unit vector, the same in every process', () => {
  const vector = spellingVector('tammes', 5);
  expect(dot(vector, vector)).toBeCloseTo(1, 6);
  // Pinned: whoever stores a vector of an unknown word gets it again.
  const pinned = ['-0.051035', '-0.101843', '-0.940483', '-0.103172', '0.303101'];
  expect([...vector].map((x) => x.toFixed(6))).toEqual(pinned);
});

test('similar spellings share components, others none', () => {
  const cosine = (a: string, b: string) => dot(spellingVector(a, 2000), spellingVector(b, 2000));
  // Of 1 + 9 parts the words share 7: 0.7 ± 1/√2000.
  expect(cosine('skeleton', 'skeletor')).toBeGreaterThan(0.6);
  expect(Math.abs(cosine('skeleton', 'quickly'))).toBeLessThan(0.1);
});

test.each([
  ['recieve', 'receive'],
  ['acommodate', 'accommodate'],
  ['ACCOMMODATE', 'accommodate'],
  ['zürich', 'Zürich'],
  ['kingg', 'king'],
])('%s is like %s', async (word, known) => {
  expect((await like(word))[0].label).toBe(known);
});

test('weights sum to 1 and fall; a label counts once, at its first row', async () => {
  const found = await like('kingz');
  expect(found.map(({ row, label }) => [row, label])).toEqual([
    [1, 'king'],
    [2, 'kings'],
  ]);
  const [first, second] = found.map(({ weight }) => weight);
  expect(first + second).toBeCloseTo(1, 12);
  expect(first).toBeCloseTo(2 * second, 12);
});

test('a word like no other has none', async () => {
  expect(await like('xylophonist')).toEqual([]);
});

test('the blend is 0.3 of the spelling and 0.7 of known words; without these the spelling', () => {
  const [spelled, known] = [Float32Array.of(1, 0), Float32Array.of(0, 5)];
  expect(blendedVector(spelled, [{ weight: 1, vector: known }])).toEqual(unit([0.3, 0.7]));
  expect(blendedVector(spelled, [])).toEqual(spelled);
});
