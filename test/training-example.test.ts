import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const example = readFileSync(`${root}/examples/train.ts`, 'utf8');

test('docs/training.md shows examples/train.ts as it is', () => {
  const page = readFileSync(`${root}/docs/training.md`, 'utf8');
  expect(page).toContain(`\`\`\`ts\n${example}\`\`\``);
});

test('the example learns: half of the sections are right; the largest is two ninths of all', () => {
  const { outputText } = ts.transpileModule(example, {
    compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 },
  });
  const { stdout, stderr } = spawnSync(
    process.execPath,
    ['--input-type=module', '--eval', outputText],
    { cwd: root, encoding: 'utf8' },
  );
  expect(stderr).toBe('');
  const [, right] = /; (\d+) of 1000 right/.exec(stdout) ?? [];
  expect(Number(right)).toBeGreaterThan(500);
});
