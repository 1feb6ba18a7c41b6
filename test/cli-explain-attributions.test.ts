import { writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { commandIn } from './shared/command.ts';

const { at, tammes } = commandIn('tammes-explain-');

writeFileSync(at('words.txt'), 'red 2 0 0\nwine 0 0 3\nwhite 0 2 0\n');
writeFileSync(
  at('tokens.csv'),
  ['page,token,v1,v2', 'one,a,1,0', 'one,b,0,1', 'two,c,1,1', 'two,d,3,-1', 'three,e,0,2'].join(
    '\n',
  ),
);
writeFileSync(at('weights.txt'), 'left 1 0\nright 0 1\n');
writeFileSync(
  at('ratings.csv'),
  [
    'user,item,rating',
    ...['u', 'v', 'w', 'x'].flatMap((user, i) =>
      ['a', 'b', 'c', 'd'].flatMap((item, j) =>
        i === 0 && j === 0 ? [] : [`${user},${item},${i < 2 === j < 2 ? 5 : 1}`],
      ),
    ),
  ].join('\n'),
);

const json = (...args: string[]) => {
  const { code, out, err } = tammes('explain', ...args, '--json', '--quiet');
  expect([code, err]).toEqual([0, '']);
  return JSON.parse(out);
};
const refusal = (...args: string[]) => {
  const { code, out, err } = tammes('explain', ...args);
  expect([(code ?? 0) > 0, out]).toEqual([true, '']);
  return err;
};
const sumOf = (values: readonly { value: number }[]) =>
  values.reduce((sum, { value }) => sum + value, 0);

describe('tammes explain pair', () => {
  test('two texts: the shared word carries all of it, in the fields that scripts rely on', () => {
    const found = json('pair', '--words', at('words.txt'), '--a', 'Red wine', '--b', 'white wine');
    expect(found.score).toBeCloseTo(0.5, 6);
    expect(sumOf(found.contributions)).toBeCloseTo(found.score, 6);
    expect(Object.keys(found.contributions[0])).toEqual(['a', 'b', 'value']);
    const [{ a, b }] = found.contributions;
    expect([found.parts.a[a], found.parts.b[b]]).toEqual(['wine', 'wine']);
  });

  test('documents of one file, and two files', () => {
    const table = [at('tokens.csv'), '--document', 'page', '--label-column', 'token'];
    const found = json('pair', ...table, '--a', 'one', '--b', 'two');
    expect(found.parts).toEqual({ a: ['a', 'b'], b: ['c', 'd'] });
    // a = (½, ½), b = (2, 0).
    expect(found.score).toBeCloseTo(Math.SQRT1_2, 6);
    const own = json('pair', at('weights.txt'), at('weights.txt'), '--method', 'late-interaction');
    expect(own.score).toBeCloseTo(2, 6);
    expect(own.faithfulness.changed).toEqual([1, 1]);
  });

  test('prints who makes it, and what is lost without', () => {
    const { out, code } = tammes('explain', 'pair', at('weights.txt'), at('weights.txt'));
    expect(code).toBe(0);
    expect(out).toMatch(/^pooled-similarity: 1\.0000, the sum over 2 × 2 pairs of parts\n/);
    expect(out).toMatch(/left +left +\+0\.5000/);
    expect(out).toMatch(/Deletion: without the strongest 1 and 1 parts the score loses/);
  });

  test('refuses in one sentence', () => {
    expect(
      refusal('pair', at('tokens.csv'), '--document', 'page', '--a', 'one', '--b', 'x'),
    ).toMatch(/there is no document "x"; there are one, two, three\.$/m);
    expect(refusal('pair', at('tokens.csv'))).toContain(
      'option "a" must be the name of a document',
    );
    expect(refusal('pair')).toContain('two files, one with --a and --b, or --words');
    expect(refusal('pair', at('words.txt'), at('weights.txt'))).toContain('as many columns in B');
  });
});

describe('tammes explain cam', () => {
  test('the map and the bias sum to the class; doei says that its map does not', () => {
    const files = [at('tokens.csv'), at('weights.txt')];
    const found = json('cam', ...files, '--class', 'left');
    expect(found.score).toBeCloseTo(1, 6);
    expect([found.exact, found.name]).toEqual([true, 'left']);
    expect(sumOf(found.contributions) + found.constant).toBeCloseTo(found.score, 6);
    expect(json('cam', ...files, '--class', '0', '--method', 'doei').exact).toBe(false);
    expect(json('cam', ...files).name).toBe('left');
    expect(tammes('explain', 'cam', ...files).out).toMatch(
      /Deletion: without the strongest token the score loses .*, without one at random /,
    );
  });

  test('refuses classes, grids and cues that are not there', () => {
    const files = [at('tokens.csv'), at('weights.txt')];
    expect(refusal('cam', ...files, '--class', 'up')).toContain('there is no class "up"');
    expect(refusal('cam', ...files, '--grid', '2x2')).toContain('of the 5 tokens');
    expect(refusal('cam', ...files, '--affinity', files[0])).toContain('--method doei');
  });
});

describe('tammes explain why', () => {
  const table = [at('tokens.csv'), '--classes', 'page'];

  test.each([[], ['--loss', 'logistic'], ['--method', 'sparse-representers']])(
    'training rows sum to the score %s',
    (...more) => {
      const found = json('why', ...table, '--row', '1', ...more);
      expect(found.contributions).toHaveLength(4);
      expect(sumOf(found.contributions)).toBeCloseTo(found.score, 6);
      expect(found.sum).toBeCloseTo(found.score, 6);
      expect(found.actual).toBe('one');
    },
  );

  test('ratings of everybody, and those of the user, sum to the prediction', () => {
    const found = json(
      'why',
      '--ratings',
      at('ratings.csv'),
      '--user',
      'u',
      '--item',
      'a',
      '--rank',
      '2',
      '--ridge',
      '0.5',
    );
    expect(found.constant + found.score).toBeGreaterThan(3);
    expect(found.representers.sum).toBeCloseTo(found.score, 5);
    expect(found.lastLayer.sum).toBeCloseTo(found.score, 5);
    expect(found.lastLayer.for[0].user).toBe('u');
    expect(found.representers.deletion).toBeGreaterThan(0);
  });

  test('refuses rows, classes and users that are not there', () => {
    expect(refusal('why', ...table)).toContain('option "row" must be');
    expect(refusal('why', ...table, '--row', '5')).toContain('a row from 0 to 4; got 5');
    expect(refusal('why', ...table, '--row', '1', '--class', 'x')).toContain('one of one, two');
    const ratings = ['why', '--ratings', at('ratings.csv'), '--item', 'a'];
    expect(refusal(...ratings)).toContain('the name of a user');
    expect(refusal(...ratings, '--user', 'z')).toContain('one of the 4 users');
    expect(refusal(...ratings, '--user', 'u', '--row', '1')).toContain('left out with --ratings');
  });
});
