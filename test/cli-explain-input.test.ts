import { writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { commandIn } from './shared/command.ts';

const { at, tammes } = commandIn('tammes-explain-input-');

const file = (name: string, ...lines: readonly string[]) => {
  writeFileSync(at(name), lines.join('\n'));
  return at(name);
};
const said = (...words: readonly string[]) => {
  const { code, out, err } = tammes(...words);
  expect([(code ?? 0) > 0, out]).toEqual([true, '']);
  return err;
};

const rows = file(
  'rows.csv',
  'page,a,b,c',
  ...['p,1,0,0', 'q,0,1,0', 'p,0,0,1', 'q,1,1,0', 'p,0,1,1', 'q,1,0,1'],
);

describe('columns that are asked for', () => {
  test('labels are not taken for a column of classes that there is not', () => {
    const out = at('out.npy');
    for (const words of [
      ['erase', 'dataset:glove', '-o', out],
      ['axis', 'dataset:glove'],
      ['why', 'dataset:glove', '--row', '1'],
    ])
      expect(said('explain', ...words, '--classes', 'nothing')).toBe(
        `explain ${words[0]}: option "classes" must be one of labels; got "nothing".\n`,
      );
  });

  test('a first column of words that is read as labels may be the column of documents', () => {
    const guarded = tammes(
      ...['explain', 'guard', rows, '--document', 'page', '--concepts', rows, '--json'],
    );
    const { sets } = JSON.parse(guarded.out);
    expect(sets.map((set: { first: number; rows: number }) => [set.first, set.rows])).toEqual([
      [0, 3],
      [1, 3],
    ]);
    const pair = ['explain', 'pair', rows, '--document', 'page', '--a', 'p'];
    expect(JSON.parse(tammes(...pair, '--b', 'q', '--json').out).parts).toEqual({
      a: ['row 0', 'row 2', 'row 4'],
      b: ['row 1', 'row 3', 'row 5'],
    });
    expect(said(...pair, '--b', 'r')).toContain('there is no document "r"; there are p, q.\n');
  });

  test('labels of several rows are no extremes', () => {
    expect(said('explain', 'axis', rows, '--extremes', 'p,q')).toContain(
      'must be two rows; "p" is the label of several: take labels that tell rows apart (--label NAME)',
    );
  });
});

test('a square table that is no metric is not taken for vectors', () => {
  const probabilities = file('probabilities.csv', 'a,b', '0.5,0.5');
  const metric = file('metric.csv', 'label,x0,x1', 'a,0,1', 'b,1.5,0');
  const words = ['explain', 'predict', probabilities, '--metric', metric];
  expect(said(...words)).toContain('say which they are: --as vectors or --as distances.');
  expect(tammes(...words, '--as', 'vectors').out).toContain('of 1 prediction change');
});

test('a row of NaN has no place in the order of an axis', () => {
  const axis = at('axis.safetensors');
  const whole = file('whole.csv', 'label,a,b', 'one,1,0', 'two,0,1', 'three,1,1');
  const odd = file('odd.csv', 'label,a,b', 'one,1,0', 'two,0,1', 'three,NaN,1');
  tammes('explain', 'axis', whole, '--extremes', 'one,two', '-o', axis);
  expect(
    said('search', 'near', odd, '--label', 'one', '--order-by', axis, '--any-space'),
  ).toContain(
    'row 2 holds a number that is not finite, and so has no place on the axis (counted from 0).',
  );
});

test('a file of another kind is told in one sentence', () => {
  const axis = at('other.safetensors');
  tammes(
    'explain',
    'axis',
    file('two.csv', 'label,a,b', 'one,1,0', 'two,0,1'),
    '--extremes',
    'one,two',
    '-o',
    axis,
  );
  expect(said('explain', 'erase', rows, '--with', axis, '-o', at('x.npy'))).toContain(
    'other.safetensors: a model is expected (tammes-model); this is "tammes-directions".\n',
  );
  expect(said('explain', 'sort', rows, rows)).toContain(
    'rows.csv: a file of directions (tammes explain axis -o) is expected: this is no safetensors file.\n',
  );
});

test('nothing to print is no defect: no tokens asked for, ratings that are all the same', () => {
  const tokens = file('tokens.csv', 'token,a,b', 'sky,1,0', 'cat,0,1');
  const cam = tammes('explain', 'cam', tokens, tokens, '--class', 'cat', '--top', '0');
  expect([cam.code, cam.out]).toEqual([0, expect.stringContaining('class cat has 0.5000')]);
  expect(said('explain', 'cam', tokens, tokens, '--class', 'cow')).toContain('there are sky, cat.');
  const ratings = file('ratings.csv', 'user,item,rating', 'ann,x,3', 'ann,y,3', 'bob,x,3');
  const why = tammes('explain', 'why', '--ratings', ratings, '--user', 'bob', '--item', 'y');
  expect([why.code, why.out]).toEqual([0, expect.stringContaining('bob and y: 3.0000')]);
});

test('erase refuses what its method does not use', () => {
  const classes = ['explain', 'erase', rows, '--classes', 'page', '-o', at('y.npy')];
  expect(said(...classes, '--partners', rows)).toBe(
    `explain erase: option "partners" must be left out with leace, which needs --classes; got ${JSON.stringify(rows)}.\n`,
  );
});

test('images of values up to 1 are told to be of the wrong scale', () => {
  const [low, usual] = [
    file('low.csv', 'a,b,c,d', '0,0.5,1,0.2'),
    file('usual.csv', 'a,b,c,d', '0,100,200,50'),
  ];
  const err = (image: string) => tammes('explain', 'images', image, image, '--image', '2x2').err;
  expect(err(low)).toBe(
    'All values are from 0 to 1; of 0 to 255 are expected, and noise counts for less here.\n',
  );
  expect(err(usual)).toBe('');
});

test('one pair of images is one pair', () => {
  const image = file('image.csv', 'a,b,c,d', '0,100,200,50');
  expect(tammes('explain', 'images', image, image, '--image', '2x2').out).toContain(
    ' of 1 pair of ',
  );
});
