import { writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { commandIn } from './shared/command.ts';

const { at, tammes } = commandIn('tammes-near-');

writeFileSync(
  at('words.txt'),
  ['king 3 1 0', 'queen 3 0.9 1', 'man 0 1 0', 'woman 0 1 1', 'tree 0 0 -2'].join('\n'),
);
writeFileSync(at('more.txt'), ['queen 1 0', 'king 1 0.1', 'moon 0 1'].join('\n'));
tammes('compress', at('words.txt'), '-o', at('words.tammes'), '--quiet');

const json = (...args: string[]) => {
  const { code, out, err } = tammes('search', ...args, '--json');
  expect([code, err]).toEqual([0, '']);
  return JSON.parse(out);
};
const labels = (answer: { neighbors: { label: string }[] }) =>
  answer.neighbors.map(({ label }) => label);

describe.each(['words.txt', 'words.tammes'])('tammes search near %s', (name) => {
  test('answers in the fields that scripts rely on', () => {
    const answer = json('near', at(name), '--label', 'king', '-k', '2');
    expect(labels(answer)).toEqual(['queen', 'man']);
    for (const neighbor of answer.neighbors)
      expect(Object.keys(neighbor)).toEqual(['row', 'label', 'cosine']);
    expect(json('near', at(name), '--row', '0', '-k', '2')).toEqual(answer);
  });

  test('of a formula leaves its words out', () => {
    const asked = ['near', at(name), '--formula', 'king - man + woman', '-k', '1'];
    expect(labels(json(...asked))).toEqual(['queen']);
    expect(json(...asked, '--multiply').neighbors[0].score).toBeGreaterThan(0);
  });

  test('of a vector', () => {
    expect(labels(json('near', at(name), '--vector', '0,0,-5', '-k', '1'))).toEqual(['tree']);
  });

  test('of texts answers each line', () => {
    writeFileSync(at('texts.txt'), 'king\nman woman\n');
    const { queries } = json('near', at(name), '--text', at('texts.txt'), '-k', '2');
    expect(queries.map(({ text }: { text: string }) => text)).toEqual(['king', 'man woman']);
    expect(labels(queries[0])[0]).toBe('king');
    expect(labels(queries[1]).toSorted()).toEqual(['man', 'woman']);
  });

  test('of a word that is not there says where its vector comes from, or refuses', () => {
    const asked = ['search', 'near', at(name), '--label', 'quen', '-k', '1'];
    expect(json('near', at(name), '--label', 'quen').reason).toBe('there are 5 rows.');
    const { out, err } = tammes(...asked);
    expect(out).toMatch(/^queen +0\.\d{3}\n$/);
    expect(err).toBe(
      '"quen" is unknown: its vector comes from its spelling and from queen (1.00).\n',
    );
    const refused = tammes(...asked, '--unknown', 'refuse');
    expect(refused.code).toBe(1);
    expect(refused.err).toContain('there is no row with the label "quen"');
    expect(labels(json('near', at(name), '--label', 'KING', '--ignore-case'))).not.toContain(
      'king',
    );
  });
});

describe('tammes search near', () => {
  test('of several files joins them by their labels, and says what is left out', () => {
    const { out, err } = tammes(
      'search',
      'near',
      at('words.tammes'),
      at('more.txt'),
      '--label',
      'king',
    );
    expect(out).toMatch(/^queen +0\.\d{3}\n$/);
    expect(err).toContain('3 labels of');
    expect(err).toContain('1 labels of');
  });

  test('takes one question', () => {
    for (const more of [[], ['--label', 'king', '--row', '1']]) {
      const { code, err } = tammes('search', 'near', at('words.txt'), ...more);
      expect(code).toBe(2);
      expect(err).toContain('one of --label, --row, --vector, --formula, --text');
    }
  });

  test('refuses a formula that breaks, a vector of words and a store that is cut off', () => {
    const near = (...args: string[]) => tammes('search', 'near', at('words.tammes'), ...args);
    expect(near('--formula', 'king -').err).toContain('a word is expected in "king -"');
    expect(near('--vector', '1,a').err).toContain('Expected numbers between commas');
    expect(near('--vector', '1,2').err).toContain('a vector of 3 numbers; got 2');
  });
});

test('tammes compress --no-grams leaves unknown words to their spelling', () => {
  tammes('compress', at('words.txt'), '-o', at('bare.tammes'), '--no-grams', '--quiet');
  const { err } = tammes('search', 'near', at('bare.tammes'), '--label', 'quen', '-k', '1');
  expect(err).toBe('"quen" is unknown: its vector comes from its spelling alone.\n');
});

test('tammes search words says what is there, how alike and which is odd', () => {
  const answer = json(
    ...['words', at('words.tammes'), '--contains', 'king', 'moon'],
    ...['--similarity', 'king', 'queen', '--doesnt-match', 'king', 'queen', 'tree'],
  );
  expect(answer).toMatchObject({
    n: 5,
    d: 3,
    labels: true,
    contains: [
      { word: 'king', row: 0 },
      { word: 'moon', row: null },
    ],
    similarity: { words: ['king', 'queen'], unknown: [] },
    doesntMatch: { word: 'tree', unknown: [] },
  });
  // (3·3 + 0.9)/(√10·√10.81), up to what eight bits lose.
  expect(answer.similarity.cosine).toBeCloseTo(0.952, 2);
});

test('a store is a file of vectors for every command', () => {
  const { out } = tammes('info', at('words.tammes'), '--json');
  expect(JSON.parse(out)).toMatchObject({ format: 'store', rows: 5, cols: 3, labels: true });
  expect(tammes('convert', at('words.tammes'), at('back.csv')).code).toBe(0);
});

test('words between quotation marks are one word: what does not match takes three', () => {
  const { code, err } = tammes(
    ...['search', 'words', at('words.txt'), '--doesnt-match', 'king queen tree'],
  );
  expect([code, err]).toEqual([
    2,
    'search words: option "doesnt-match" must be three words or more, with spaces between and no quotation marks around them; got ["king queen tree"].\n',
  ]);
});
