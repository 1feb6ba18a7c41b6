import { writeFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { npyHeaderBytes } from '../src/io/npy.ts';
import { commandIn } from './shared/command.ts';

const { at, tammes } = commandIn('tammes-lens-');

function writeArray(name: string, shape: readonly number[], values: readonly number[]): void {
  const data = Float32Array.from(values);
  writeFileSync(at(name), Buffer.concat([npyHeaderBytes('<f4', shape), Buffer.from(data.buffer)]));
}

beforeAll(() => {
  writeArray('states.npy', [2, 2, 2], [1, 0, 1, 1, 9, 0, 0, 9]);
  writeArray('gain.npy', [2], [1, 1]);
  writeFileSync(at('tokens.csv'), 'token,x,y\nun,1,0\ndeux,0,1\none,-1,0\ntwo,0,-1\n');
  writeFileSync(
    at('sets.json'),
    '{"french": [["un"], ["deux"]], "english": [["one"], ["two"]], "all": [0, 1, 2, 3]}',
  );
});

const LENS = ['explain', 'lens', 'states.npy', '--unembed', 'tokens.csv', '--label', 'token'];

describe('tammes explain lens', () => {
  test('prints a line for each layer, and what equal tokens would give', () => {
    const { code, out } = tammes(...LENS, '--sets', 'sets.json', '--norm', 'none');
    expect(code).toBe(0);
    expect(out).toContain('french');
    expect(out).toMatch(/^ +1 {2}/m);
    expect(out).toContain('2 states, 4 tokens. Were all equally probable: entropy 2.00 bits');
  });

  test('--json gives one object with probabilities, entropy and energy by layer', () => {
    const { code, out, err } = tammes(
      ...LENS,
      '--sets',
      'sets.json',
      '--gain',
      'gain.npy',
      '--json',
    );
    expect([code, err]).toEqual([0, '']);
    const { layers, chance, states, tokens, warnings } = JSON.parse(out);
    expect(warnings).toHaveLength(2);
    expect([states, tokens, layers.length]).toEqual([2, 4, 2]);
    expect(layers[1].sets.french.value).toBeGreaterThan(layers[1].sets.english.value);
    expect(layers[0].sets.all.value).toBeCloseTo(1, 6);
    // The tokens are ±axes: the energy of every state is 1.
    expect(layers[0].energy.value).toBeCloseTo(1, 6);
    expect(layers[0].entropy.value).toBeLessThan(2);
    expect(chance.sets).toEqual({ french: 0.25, english: 0.25, all: 1 });
  });

  test('what does not belong together, and sets that are none, get one sentence', () => {
    writeFileSync(at('list.json'), '[1]');
    const { code, err } = tammes(...LENS, '--sets', 'list.json');
    expect(code).toBe(1);
    expect(err.trim()).toBe(
      'list.json: an object with a list of tokens for each name is expected.',
    );
    const other = tammes('explain', 'lens', 'states.npy', '--unembed', 'dataset:glove');
    expect(other.err.trim()).toBe(
      'lens: expected states of 100 columns, as the unembedding has; got 2 in layer 0.',
    );
  });
});
