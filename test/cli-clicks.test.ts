import { writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { read } from '../src/io/index.ts';
import { clickTable as tableAt } from './shared/click-table.ts';
import { commandIn } from './shared/command.ts';

const { at, tammes } = commandIn('tammes-clicks-');

const lines = (file: string, ...rows: string[]) => writeFileSync(at(file), `${rows.join('\n')}\n`);
const clickTable = (file: string) => tableAt(at, file);

test('a model of clicks with gates embeds the fields that it is told of', async () => {
  const rows = Array.from({ length: 60 }, (_, i) => `u${i % 5},i${i % 4},${i % 2}`);
  lines('clicks.csv', 'user,item,y', ...rows);
  const fields = ['--fields', 'user,item'];
  const options = ['--dim', '2', '--gate-dim', '2', '--steps', '4'];
  const told = ['clicks.csv', ...fields, '--classes', 'y', ...options];
  expect(tammes('learn', 'gated-clicks', ...told, '-o', 'gated.safetensors').code).toBe(0);
  const embed = ['embed', 'gated.safetensors', 'clicks.csv', '-o', 'gates.npy'];
  expect(tammes(...embed).err).toContain('fields are needed: --fields with some of user, item, y.');
  expect(JSON.parse(tammes(...embed, ...fields, '--json').out)).toMatchObject({ n: 60, d: 4 });
});

test('embed scores examples by a click model, and tells how many values it has no id for', async () => {
  const learnClicks = clickTable('clicks.jsonl');
  expect(
    tammes(...learnClicks, '-o', 'clicks.safetensors', '--steps', '3', '--dim', '2').code,
  ).toBe(0);
  lines('more.csv', 'item,user', 'i1,2', 'i9,2', 'i2,');
  const { code, err } = tammes('embed', 'clicks.safetensors', 'more.csv', '-o', 'scored.parquet');
  expect([code, err]).toEqual([
    0,
    'Values that the model has no id for count as the others: user 1, item 1 (rows: 3).\nWrote 3 × 4 to scored.parquet\n',
  ]);
  const { points, columns } = await read(at('scored.parquet'));
  expect([points.rows, points.cols]).toEqual([3, 4]);
  for (const p of columns?.['probability'] ?? []) expect(Number(p) > 0 && Number(p) < 1).toBe(true);
  lines('lacks.csv', 'item,who', 'i1,2');
  expect(tammes('embed', 'clicks.safetensors', 'lacks.csv', '-o', 'x.npy').err).toContain(
    'lacks.csv: there is no column "user", a field of the model; the columns are item, who.',
  );
});

test('a missing number and a missing word are one value, and the labels are no field', async () => {
  const learnClicks = clickTable('gaps.jsonl');
  const model = ['-o', 'gaps.safetensors', '--steps', '1', '--min-count', '1', '--held-out', '0'];
  tammes(...learnClicks, ...model);
  tammes('embed', 'gaps.safetensors', '-o', 'gaps.parquet');
  const { labels } = await read(at('gaps.parquet'));
  expect(labels).toContain('user=');
  expect(labels).not.toContain('user=NaN');
  const { code, err } = tammes(...learnClicks, ...model, '--fields', 'user,clicked');
  expect(code).toBe(2);
  expect(err).toContain(
    'option "fields" must be without "clicked", which is what is to be learned (--classes)',
  );
});

test('a table without vectors is one file, and flags for vectors are refused rather than ignored', () => {
  lines('gap.csv', 'a,b', '1,2');
  const clicked = [...clickTable('table.jsonl'), '-o', 'table.safetensors', '--steps', '1'];
  for (const [flag, value] of [
    ['delimiter', ';'],
    ['metadata', 'gap.csv'],
  ])
    expect(tammes(...clicked, `--${flag}`, value).err).toContain(
      `learn: option "${flag}" must be left out where examples are read: the table is CSV, TSV, JSON lines or Parquet by its content, with names in its first line; got "${value}".`,
    );
  for (const flag of ['--header', '--no-header', '--no-quotes', '--no-label'])
    expect(tammes(...clicked, flag).code).toBe(2);
  const [command, id, file, ...rest] = clicked;
  expect(tammes(command, id, file, 'gap.csv', ...rest).err).toContain(
    'learn: examples are read from one table; 2 files were named: put their rows into one.',
  );
});
