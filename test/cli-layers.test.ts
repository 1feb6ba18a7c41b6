import { writeFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { Random } from '../src/core/random.ts';
import { npyHeaderBytes } from '../src/io/npy.ts';
import { commandIn } from './shared/command.ts';

const { at, tammes } = commandIn('tammes-layers-');

/** A stack of three layers, 80 tokens × 5: each the one before and a little noise. */
function writeStack(name: string, seed: number): void {
  const random = Random.fromSeed(seed);
  const [layers, rows, cols] = [3, 80, 5];
  const data = new Float32Array(layers * rows * cols);
  for (let i = 0; i < data.length; i++) {
    const before = i < rows * cols ? 2 * random.normal() : data[i - rows * cols];
    data[i] = before + 0.4 * random.normal();
  }
  writeFileSync(
    at(name),
    Buffer.concat([npyHeaderBytes('<f4', [layers, rows, cols]), Buffer.from(data.buffer)]),
  );
}

beforeAll(() => {
  writeStack('text.npy', 1);
  writeStack('shuffled.npy', 2);
});

describe('tammes layers', () => {
  test('prints a line for each layer, the peaks and the control', () => {
    const { code, out } = tammes('layers', 'text.npy', '--shuffle');
    expect(code).toBe(0);
    expect(out).toContain('gride, control');
    expect(out).toMatch(/^ +2 {2}/m);
    expect(out).toMatch(/GRIDE dimension is highest in layer \d/);
    expect(out).toContain('Control: rows permuted in each layer.');
  });

  test('--json gives one object with every layer beside that of the control', () => {
    const args = ['text.npy', '--control', 'shuffled.npy', '--metrics', 'two-nn', '--k', '5'];
    const { code, out, err } = tammes('layers', ...args, '--json');
    expect([code, err]).toEqual([0, '']);
    const { layers, control, peaks } = JSON.parse(out);
    expect(layers).toHaveLength(3);
    expect(control.layers).toHaveLength(3);
    expect(control.how).toBe('layers of a shuffled text');
    expect(layers[0].metrics[0]).toMatchObject({ id: 'two-nn', group: 'dimension' });
    expect(layers[0].overlap.null.value).toBeCloseTo(5 / 79, 12);
    expect(layers[0].overlap.value).toBeGreaterThan(0.3);
    expect(layers[2].overlap).toBeNull();
    expect(peaks[0].id).toBe('two-nn');
  });

  test('several files are one stack; unequal ones are refused in one sentence', () => {
    const { out } = tammes('layers', 'text.npy', 'shuffled.npy', '--json');
    expect(JSON.parse(out).layers).toHaveLength(6);
    const { code, err } = tammes('layers', 'text.npy', 'dataset:cora');
    expect(code).toBe(1);
    expect(err.trim()).toBe(
      'layers: expected as many rows in every layer as in the first, 80; got 2708 in layer 3.',
    );
  });
});
