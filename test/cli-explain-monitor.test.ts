import { writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { commandIn } from './shared/command.ts';

const { at, tammes } = commandIn('tammes-monitor-');

/** Two classes to either side of 0 in the first column; the last row is on the crossing. */
function layer(file: string, scale: number, n: number): void {
  const lines = Array.from({ length: n }, (_, i) => {
    const side = i === n - 1 ? 0 : i % 2 ? 2 : -2;
    const [a, b] = [side + Math.sin(7 * i) / 2, Math.cos(3 * i)];
    return `row${i},${(scale * a).toFixed(4)},${b.toFixed(4)},${i % 2 ? 'yes' : 'no'}`;
  });
  writeFileSync(at(file), ['label,a,b,answer', ...lines].join('\n'));
}
layer('one.csv', 1, 400);
layer('two.csv', 3, 400);
const COLUMNS = ['--vector', 'a,b'];
const LAYERS = [at('one.csv'), at('two.csv'), ...COLUMNS];
const MONITOR = at('monitor.safetensors');

const refusal = (...args: string[]) => {
  const { code, out, err } = tammes('explain', 'monitor', ...args);
  expect([(code ?? 0) > 0, out]).toEqual([true, '']);
  return err;
};

describe('tammes explain monitor', () => {
  test('fits probes to layers, and names the row on the crossing', () => {
    const fit = ['monitor', 'fit', ...LAYERS, '--classes', 'answer', '--level', '0.05'];
    const fitted = tammes('explain', ...fit, '-o', MONITOR, '--json', '--quiet');
    expect([fitted.code, fitted.err]).toEqual([0, '']);
    const told = JSON.parse(fitted.out);
    expect([told.monitor, told.classes, told.passes]).toEqual([MONITOR, ['no', 'yes'], 0]);
    expect(told.layers.map((own: { accuracy: { value: number } }) => own.accuracy.value)).toEqual([
      expect.closeTo(1, 1),
      expect.closeTo(1, 1),
    ]);
    const checked = tammes('explain', 'monitor', 'check', MONITOR, ...LAYERS, '--json');
    const { rows, alarms } = JSON.parse(checked.out);
    expect(rows).toBe(400);
    const odd = alarms.find(({ row }: { row: number }) => row === 399);
    expect(Object.keys(odd)).toEqual(['row', 'label', 'p', 'reason', 'side', 'margins']);
    expect(odd.label).toBe('row399');
    expect(tammes('explain', 'monitor', 'check', MONITOR, ...LAYERS).out).toMatch(
      /^\d+ of 400 rows raise an alarm \(\d\.\d %; of ordinary rows 5\.0 % do\)\n/,
    );
  });

  test('refuses in a sentence what it cannot use', () => {
    expect(refusal('check', MONITOR, at('one.csv'), ...COLUMNS)).toContain(
      'watches 2 layers; got 1 file.',
    );
    const fit = ['fit', ...LAYERS, '-o', at('other.safetensors')];
    expect(refusal(...fit, '--classes', 'nope')).toContain('there is no column "nope"');
    expect(refusal(...fit, '--classes', 'answer', '--level', '2')).toContain('above 0 and below 1');
    expect(refusal(...fit, '--classes', 'answer', '--level', '0.001')).toContain(
      'need 999 rows to set them; a quarter of the rows is 100',
    );
  });
});
