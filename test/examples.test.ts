import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const examples = readdirSync(`${root}/examples`).filter((file) => file.endsWith('.ts'));

test.each(examples)('the example %s runs and prints something', (file) => {
  const source = readFileSync(`${root}/examples/${file}`, 'utf8');
  const { outputText } = ts.transpileModule(source, {
    compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 },
  });
  const run = spawnSync(process.execPath, ['--input-type=module', '--eval', outputText], {
    cwd: root,
    encoding: 'utf8',
  });
  expect(run.stderr).toBe('');
  expect(run.status).toBe(0);
  expect(run.stdout).not.toBe('');
  expect(run.stdout).not.toMatch(/NaN|undefined/);
});
