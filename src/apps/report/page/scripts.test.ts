import { Script } from 'node:vm';
import { expect, test } from 'vitest';
import { PLAIN_SCRIPT, POINTS_SCRIPT } from '../generated/scripts.ts';

test.each([
  ['without points', PLAIN_SCRIPT],
  ['with points', POINTS_SCRIPT],
])('the script of a page %s is a program that cannot end its own element', (_, script) => {
  expect(() => new Script(script)).not.toThrow();
  expect(script).not.toMatch(/<\/script|<!--/i);
  expect(script).not.toMatch(/fetch\(|import\(|XMLHttpRequest/);
});

test('a report draws on the processor: it carries no shaders', () => {
  expect(POINTS_SCRIPT).toContain('tammes-view');
  expect(POINTS_SCRIPT).not.toMatch(/#version 300|@compute|requestAdapter/);
});
