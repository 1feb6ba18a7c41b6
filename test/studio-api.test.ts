import { readFileSync } from 'node:fs';
import Ajv from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { describedActions } from '../src/apps/studio/hosting/described.ts';
import { apiPage } from '../src/apps/studio/server/api-page.ts';
import { openApi } from '../src/apps/studio/server/open-api.ts';
import { relayedSession, servedStudio } from './shared/studio.ts';

const actions = describedActions();

interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly responses: Readonly<Record<string, unknown>>;
  readonly parameters?: readonly { readonly name: string; readonly in: string }[];
}
type Paths = Readonly<Record<string, Readonly<Record<string, Operation>>>>;

/** Every value of a key, however deep. */
function valuesOf(value: unknown, key: string): unknown[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, item]) =>
    name === key && typeof item === 'string' ? [item] : valuesOf(item, key),
  );
}

describe('OpenAPI', () => {
  const document = JSON.parse(JSON.stringify(openApi(actions))) as {
    openapi: string;
    paths: Paths;
  };
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.values(methods).map((operation) => ({ path, operation })),
  );

  test('is version 3.1, each operation with a name of its own, a sentence and its answers', () => {
    expect(document.openapi).toMatch(/^3\.1\./);
    const ids = operations.map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { path, operation } of operations) {
      expect(operation.summary).toMatch(/\.$/);
      expect(Object.keys(operation.responses)).toEqual(['200', 'default']);
      const named = Array.from(path.matchAll(/\{(\w+)\}/g), ([, name]) => name);
      const given = operation.parameters?.filter((parameter) => parameter.in === 'path') ?? [];
      expect(given.map(({ name }) => name)).toEqual(named);
    }
  });

  test('every reference leads somewhere', () => {
    const references = valuesOf(document, '$ref') as string[];
    expect(references.length).toBeGreaterThan(0);
    for (const reference of references) {
      const found = reference
        .slice(2)
        .split('/')
        .reduce<unknown>((value, key) => (value as Record<string, unknown>)[key], document);
      expect(found).toBeTypeOf('object');
    }
  });

  test('the parameters of every action are a JSON Schema that its defaults keep', () => {
    const ajv = new Ajv.default({ strict: true, allowUnionTypes: true });
    for (const { id, parameters } of actions) {
      const isValid = ajv.compile(parameters);
      const properties = parameters['properties'] as Record<string, { default?: unknown }>;
      const defaults = Object.fromEntries(
        Object.entries(properties).flatMap(([name, { default: usual }]) =>
          usual === undefined ? [] : [[name, usual]],
        ),
      );
      expect([id, isValid({}), isValid(defaults), isValid({ [`not-${id}`]: 1 })]).toEqual([
        id,
        true,
        true,
        false,
      ]);
    }
  });

  test('every route that it names is there', async () => {
    const { session, end } = await relayedSession();
    const { ask, close } = await servedStudio(session);
    for (const [path, methods] of Object.entries(document.paths)) {
      if (path === '/api/changes') continue;
      const place = path.replace(/\{\w+\}/g, '0');
      for (const method of Object.keys(methods)) {
        const { text } = await ask(place, {
          method: method.toUpperCase(),
          body: method === 'post' ? '{"?":1}' : '',
        });
        expect([path, text]).toEqual([path, expect.not.stringMatching(/"code":"(route|action)"/)]);
      }
    }
    await close();
    end();
  });
});

test('docs/studio-api.md is current', () => {
  const page = readFileSync(new URL('../docs/studio-api.md', import.meta.url), 'utf8');
  expect(page).toBe(apiPage(actions));
});
