import { writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { fileStore } from '../src/io/byte-store.ts';
import { storedModel } from '../src/learning/index.ts';
import { commandIn } from './shared/command.ts';

const { at, tammes } = commandIn('tammes-versions-');

const TOPICS = { weather: 'rain snow wind', music: 'song jazz play', money: 'bank loan card' };

function table(name: string, classes: readonly (keyof typeof TOPICS)[]): void {
  const rows = Array.from({ length: 30 }, (_, i) => {
    const own = classes[i % classes.length];
    return `${TOPICS[own]
      .split(' ')
      .slice(i % 2)
      .join(' ')} please,${own}`;
  });
  writeFileSync(at(name), ['request,intent', ...rows].join('\n'));
}

test('a later model keeps the class vectors of an earlier one, and says when it cannot', async () => {
  table('first.csv', ['weather', 'music']);
  table('second.csv', ['weather', 'music', 'money']);
  const options = ['--text', 'request', '--classes', 'intent', '--dim', '8', '--head', 'simplex'];
  const learn = (file: string, model: string, ...more: string[]) =>
    tammes('learn', 'text-classifier', file, ...options, '--steps', '5', '-o', model, ...more);
  expect(learn('first.csv', 'a.safetensors', '--reserve', '1').code).toBe(0);
  expect(learn('second.csv', 'b.safetensors', '--codes', 'a.safetensors').code).toBe(0);
  const [a, b] = [
    await storedModel(fileStore(at('a.safetensors'))),
    await storedModel(fileStore(at('b.safetensors'))),
  ];
  const { vectors } = a.settings;
  expect(b.settings).toMatchObject({ classes: ['music', 'weather', 'money'], vectors });

  const { code, err } = learn('second.csv', 'c.safetensors', '--start', 'a.safetensors');
  expect(code).not.toBe(0);
  expect(err).toMatch(/^a\.safetensors: .+\.\n$/);
});
