import { writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { commandIn } from './shared/command.ts';

const { at, tammes } = commandIn('tammes-guard-');

writeFileSync(
  at('tokens.csv'),
  [
    'id,prompt,plain,x0,x1,x2',
    'tree,p,yes,0,1,0',
    'house,p,yes,0,0,1',
    'gun,p,no,1,0,0',
    'lake,q,yes,0,1,1',
    'hill,q,yes,0,1,-1',
  ].join('\n'),
);

test('flags the row of its set alone, and tells masses and cosines', () => {
  const { out } = tammes(
    ...['explain', 'guard', at('tokens.csv'), '--concepts', 'gun', '--document', 'prompt'],
    ...['--neutral', 'plain', '-o', at('out.csv'), '--json'],
  );
  const { flagged, conceptMassBefore, conceptMassAfter, neutralCosine, sets } = JSON.parse(out);
  expect([flagged, conceptMassAfter, neutralCosine]).toEqual([1, 0, 1]);
  expect(conceptMassBefore).toBeCloseTo(1 / 6, 6);
  expect(sets.map((set: { flagged: number[] }) => set.flagged)).toEqual([[2], []]);
});

test('words of a text are guarded by words of the same store', () => {
  const { out } = tammes(
    ...['explain', 'guard', '--words', 'dataset:glove', '--text', 'the farmer bought a missile'],
    ...['--concepts', 'war, weapons, army', '--json', '--quiet'],
  );
  const [{ flagged }] = JSON.parse(out).sets;
  expect(flagged).toContain(4);
});

test('wrong input gets a sentence', () => {
  const said = (...words: readonly string[]) =>
    tammes('explain', 'guard', ...words, '--concepts', 'gun').err;
  expect(said()).toContain('vectors are needed: name a file, or --words FILE with --text.');
  expect(said('--words', 'dataset:glove')).toContain('option "text" must be given with the other');
  expect(said(at('tokens.csv'), '--neutral', 'x')).toContain('must be a column (prompt, plain)');
  expect(tammes('explain', 'guard', at('tokens.csv'), '--concepts', 'gun,bomb').err).toContain(
    'there is no row with the label "bomb", and no file "gun,bomb"',
  );
});
