import { readFileSync } from 'node:fs';
import { Script } from 'node:vm';
import ts from 'typescript';
import { expect, test } from 'vitest';
import { sphereControls } from './controls.ts';
import { sphereGeometry } from './geometry.ts';
import { spherePainter } from './painter.ts';
import { saveButtons } from './save.ts';
import { pageScript } from './script.ts';

const parts = { sphereControls, sphereGeometry, spherePainter, saveButtons };

/** Names that a piece of JavaScript uses without declaring them. */
function freeNames(source: string): string[] {
  const file = ts.createSourceFile('page.js', source, ts.ScriptTarget.ES2022, true);
  const declared = new Set<string>();
  const used = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node)) {
      const { parent } = node;
      const isName =
        (ts.isVariableDeclaration(parent) ||
          ts.isFunctionDeclaration(parent) ||
          ts.isFunctionExpression(parent) ||
          ts.isParameter(parent) ||
          ts.isBindingElement(parent)) &&
        parent.name === node;
      const isMember =
        (ts.isPropertyAccessExpression(parent) && parent.name === node) ||
        (ts.isPropertyAssignment(parent) && parent.name === node);
      if (isName) declared.add(node.text);
      else if (!isMember) used.add(node.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return [...used].filter((name) => !declared.has(name)).sort();
}

const BROWSER = new Set(
  `Array Blob Float64Array HTMLCanvasElement JSON Map Math Number Object ResizeObserver String URL
  XMLSerializer atob document getComputedStyle matchMedia performance requestAnimationFrame
  setTimeout undefined window`.split(/\s+/),
);

/** The text of a function as `tsc` emits it. */
function emitted(name: string): string {
  const files: Record<string, string> = {
    sphereControls: 'controls.ts',
    sphereGeometry: 'geometry.ts',
    spherePainter: 'painter.ts',
    saveButtons: 'save.ts',
  };
  const source = readFileSync(new URL(files[name], import.meta.url), 'utf8');
  const { outputText } = ts.transpileModule(source, {
    compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext },
  });
  return outputText.slice(outputText.indexOf('export function')).replace('export ', '');
}

test.each(Object.entries(parts))('%s uses nothing but the browser and its own', (name, part) => {
  for (const text of [`(${String(part)})`, emitted(name)]) {
    expect(freeNames(text).filter((free) => !BROWSER.has(free))).toEqual([]);
  }
});

test('the script is a program that cannot end its own element', () => {
  const script = pageScript();
  expect(() => new Script(script)).not.toThrow();
  expect(script).not.toMatch(/<\/script|<!--/i);
  expect(script).toBe(pageScript());
});

test('what this checks would be found: a name from outside', () => {
  expect(freeNames('function f(a) { return helper(a) + a.helper; }')).toEqual(['helper']);
});
