import { expect, test } from 'vitest';
import { hidden, isTableAddress, revealed, withoutPasswords } from './addresses.ts';

test('addresses of databases are told from paths', () => {
  for (const text of ['postgres://h/d', 'postgresql://h/d', 'LANCE://x', 'qdrant://h/c'])
    expect(isTableAddress(text)).toBe(true);
  for (const text of ['postgres', 'a/postgres://x', 's3://b/x', 'lance:x', '-', ''])
    expect(isTableAddress(text)).toBe(false);
});

test('no password stays in a text, wherever it stands', () => {
  expect(withoutPasswords('postgres://me:p%40ss@h:5432/d?table=t')).toBe(
    'postgres://me@h:5432/d?table=t',
  );
  expect(withoutPasswords('postgres://h/d?user=me&password=x&sslpassword=y&table=t')).toBe(
    'postgres://h/d?user=me&password=…&sslpassword=…&table=t',
  );
  expect(withoutPasswords('a postgres://:x@h/d and postgres://b:y@h/d')).toBe(
    'a postgres://@h/d and postgres://b@h/d',
  );
  expect(withoutPasswords('postgres://me@h/d')).toBe('postgres://me@h/d');
});

test('an address is known without its password, and connects with it', () => {
  const given = 'postgres://me:secret@h/d?table=t';
  expect(hidden(given)).toBe('postgres://me@h/d?table=t');
  expect(hidden(`--output=${given}`)).toBe('--output=postgres://me@h/d?table=t');
  expect(revealed(hidden(given))).toBe(given);
  expect(revealed('postgres://other@h/d')).toBe('postgres://other@h/d');
  expect(hidden('king - man + woman')).toBe('king - man + woman');
});

test('an address of Qdrant shows no key, wherever it stands, and none is remembered', () => {
  const cases = [
    [
      'qdrant://h:6333/c?vector=a&tls=true&null=skip',
      'qdrant://h:6333/c?vector=a&tls=true&null=skip',
    ],
    ['qdrant://KEY@h/c', 'qdrant://…@h/c'],
    ['qdrant://me:KEY@h/c', 'qdrant://…@h/c'],
    ['qdrant://K/E?Y@#x@h/c', 'qdrant://…@h/c'],
    ['qdrant://h/c?api_key=KEY&vector=a', 'qdrant://h/c?api_key=…&vector=a'],
    ['qdrant://h/c?KEY', 'qdrant://h/c?…'],
    ['qdrant://h/c#KEY', 'qdrant://h/c#…'],
    ['--output=qdrant://KEY@h/c', '--output=qdrant://…@h/c'],
  ];
  for (const [given, shown] of cases) {
    expect(hidden(given)).toBe(shown);
    expect(hidden(shown)).toBe(shown);
    expect(revealed(shown)).toBe(shown);
  }
});
