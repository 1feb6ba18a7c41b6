import { writeFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { matrix } from '../src/core/matrix.ts';
import { namedDimensions } from '../src/families/learners/index.ts';
import { encodeModel } from '../src/learning/index.ts';
import { commandIn } from './shared/command.ts';

const { at, tammes } = commandIn('tammes-match-');

const NAMES = ['cold', 'dry', 'loud', 'red'];

/** Rows with one of four traits, in columns of their own. */
const points = matrix(
  Float32Array.from({ length: 160 }, (_, e) => (e % 4 === Math.floor(e / 4) % 4 ? 1 : 0)),
  40,
  4,
);
const classes = Array.from({ length: 40 }, (_, i) => NAMES[i % 4]);

beforeAll(async () => {
  for (const coordinates of ['named', 'dense'] as const) {
    const { model } = await namedDimensions(
      { points, others: points, classes },
      { steps: 60, batch: 16, learningRate: 0.02, coordinates },
    );
    writeFileSync(at(`${coordinates}.safetensors`), encodeModel(model));
  }
  writeFileSync(
    at('rows.csv'),
    'label,a,b,c,d\nice,1,0,0,0\nsnow,1,0,0,0\nsand,0,1,0,0\nboth,1,1,0,0\nsnow,0,0,0,1\n',
  );
  writeFileSync(at('words.csv'), 'word,a,b,c,d\nice,2,0,0,0\nsand,0,1,0,0\ndesert,0,3,0,0\n');
});

const MATCH = ['explain', 'match', 'named.safetensors'];

describe('tammes explain match', () => {
  test('--json: the contributions sum to the score, the largest is the common trait', () => {
    const { code, out } = tammes(...MATCH, 'rows.csv', '--a', 'ice', '--b', 'both', '--json');
    expect(code).toBe(0);
    const { a, b, score, contributions } = JSON.parse(out);
    expect([a, b, contributions[0].concept]).toEqual(['ice', 'both', 'cold']);
    const values = contributions.map(({ value }: { value: number }) => value);
    expect(values.reduce((sum: number, x: number) => sum + x, 0)).toBe(score);
    for (const { a: x, b: y, value } of contributions) expect(value).toBe(x * y);
  });

  test('prints a line for each concept, and what is left as others', () => {
    const rows = [...MATCH, 'rows.csv', 'rows.csv', '--a', 'both', '--b', 'both'];
    const { code, out } = tammes(...rows, '--top', '1');
    expect(code).toBe(0);
    expect(out).toMatch(/^both and both: 1\.0000, the sum over \d concepts that both have\n/);
    expect(out).toMatch(/^ {2}(cold|dry) +\+[01]\.\d{4} +\d+\.\d %$/m);
    expect(out).toMatch(/^ {2}(1 other|\d others) +\+0\.\d{4}/m);
  });

  test('a number names a row where no label does; texts are means of words', () => {
    const byNumber = tammes(...MATCH, 'rows.csv', '--a', '0', '--b', '2', '--json');
    const texts = ['--words', 'words.csv', '--a', 'ice', '--b', 'sand, desert', '--json'];
    const byWords = tammes(...MATCH, ...texts);
    expect([byNumber.code, byWords.code]).toEqual([0, 0]);
    // Words have length 1, as the rows: the means are rows 0 and 2.
    expect(JSON.parse(byWords.out).score).toBeCloseTo(JSON.parse(byNumber.out).score, 5);
  });

  test.each([
    [['named', 'rows.csv', '--a', 'snow', '--b', 'ice'], '2 rows have the label "snow"'],
    [['named', 'rows.csv', '--a', 'rain', '--b', 'ice'], 'there is no row "rain": a label, or a'],
    [['named', 'rows.csv', '--a', '5', '--b', 'ice'], 'a number from 0 to 4 is expected.'],
    [['dense', 'rows.csv', '--a', '0', '--b', 'ice'], 'are dense: they have no names.'],
    [['named', '--a', '0', '--b', '1'], 'one, two, or --words'],
    [['named', 'rows.csv', '--words', 'words.csv', '--a', '0', '--b', '1'], 'without another file'],
    [['named', '--words', 'words.csv', '--a', ' ', '--b', 'ice'], 'the text " " has no words.'],
  ])('%j gets one sentence', ([model, ...more], sentence) => {
    const { code, err } = tammes('explain', 'match', `${model}.safetensors`, ...more);
    expect(code).toBeGreaterThan(0);
    expect(err).toContain(sentence);
    expect(err.trim().split('\n')).toHaveLength(1);
  });
});
