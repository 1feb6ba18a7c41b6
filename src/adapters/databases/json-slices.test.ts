import fc from 'fast-check';
import { expect, test } from 'vitest';
import { itemsOf, membersOf, sliced } from './support/json-slices.ts';

test('members and items lie where JSON.parse finds them, whatever stands in texts', () => {
  fc.assert(
    fc.property(
      fc.dictionary(fc.string(), fc.jsonValue()),
      fc.array(fc.jsonValue()),
      fc.constantFrom(undefined, 1, '\t'),
      (object, list, space) => {
        const text = JSON.stringify(object, undefined, space);
        const members = [...membersOf(text)].map(([key, { start, end }]) => [
          key,
          JSON.parse(text.slice(start, end)),
        ]);
        expect(members).toEqual(Object.entries(JSON.parse(text) as object));
        const many = JSON.stringify(list, undefined, space);
        const items = Array.from(itemsOf(many, 0), ({ start, end }) =>
          JSON.parse(many.slice(start, end)),
        );
        expect(items).toEqual(JSON.parse(many));
      },
    ),
  );
});

test('what is cut out is as it was written', () => {
  const text = ' {"a":18446744073709551615 , "b":1.0,"c\\u0041":["]\\\\\\"",{}],"d":null}';
  const members = membersOf(text);
  expect(sliced(text, members.get('a'))).toBe('18446744073709551615');
  expect(sliced(text, members.get('b'))).toBe('1.0');
  expect(sliced(text, members.get('cA'))).toBe('["]\\\\\\"",{}]');
  expect(sliced(text, members.get('d'))).toBeUndefined();
  for (const broken of [
    '',
    '{',
    '{"a"',
    '{"a":',
    '{"a":[1',
    '{"a":1',
    '{"a":"x',
    '{a:1}',
    '[1]',
    '<html>',
  ])
    expect(() => membersOf(broken)).toThrow(SyntaxError);
});
