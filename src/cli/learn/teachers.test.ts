import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { matrix } from '../../core/matrix.ts';
import { readTeachers } from './teachers.ts';

const folder = mkdtempSync(join(tmpdir(), 'tammes-teachers-'));

function file(name: string, ...lines: string[]): string {
  const path = join(folder, name);
  writeFileSync(path, `${lines.join('\n')}\n`);
  return path;
}

const points = matrix(new Float32Array(2), 2, 1);

test('rows of a teacher go to vectors by label, each teacher with its own columns', async () => {
  const swapped = file('swapped.csv', 'label,a,b', 'y,3,4', 'x,1,2');
  const third = file('third.csv', 'label,a', 'x,5', 'y,6');
  const examples = { points, labels: ['x', 'y'] };
  const [one, two] = await readTeachers('learn', [swapped, third], examples);
  expect([...one.data]).toEqual([1, 2, 3, 4]);
  expect([...two.data]).toEqual([5, 6]);
});

test('rows of a teacher go to texts by place, and another number of them is refused', async () => {
  const rows = file('rows.csv', 'a,b', '3,4', '1,2');
  const [one] = await readTeachers('learn', [rows], { texts: ['first', 'second'] });
  expect([...one.data]).toEqual([3, 4, 1, 2]);
  await expect(readTeachers('learn', [rows], { texts: ['one'] })).rejects.toThrow(
    'rows.csv: expected 1 row, one for each text; got 2 (blank lines of a file of lines are no texts).',
  );
});

test('no teacher is refused with the flag that names one', async () => {
  await expect(readTeachers('learn', undefined, { texts: ['one'] })).rejects.toThrow(
    'learn: vectors of a teacher are needed: --teacher FILE (again for another one).',
  );
});
