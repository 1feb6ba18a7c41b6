import { expect, test } from 'vitest';
import { importPeer, messageOf, peerOf } from './load-peer.ts';

const failing = (message: string, code?: string) => async () => {
  throw Object.assign(new Error(message), { code });
};

test('a package that is there is imported, with what CommonJS exports by name', async () => {
  const { Client } = await peerOf<{ Client: unknown }>('pgvector', importPeer, 'pg');
  expect(Client).toBeTypeOf('function');
});

test('a package that is missing is named with the way to get it, one that it needs itself as its error', async () => {
  await expect(peerOf('usearch', importPeer, 'no-such-package-of-tammes')).rejects.toThrow(
    'usearch: the package no-such-package-of-tammes is not installed: npm install no-such-package-of-tammes.',
  );
  const needs = failing("Cannot find module 'other'\nRequire stack:\n- x", 'MODULE_NOT_FOUND');
  await expect(peerOf('usearch', needs, 'usearch')).rejects.toThrow(
    "usearch: the package usearch could not be loaded: Cannot find module 'other'.",
  );
});

test('errors of other programs become a sentence without its period', () => {
  expect(messageOf(new Error('a table.\nDETAIL: more'))).toBe('a table');
  expect(messageOf(new AggregateError([new Error('refused')]))).toBe('refused');
  expect(messageOf({ code: 'E_X' })).toBe('E_X');
  expect(messageOf('odd')).toBe('odd');
});
