import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fieldText, INCOMPLETE, newFields, STRAY, splitRecord } from './records.ts';
import { textOf } from './text.ts';

function split(text: string, delimiter = ','): (string | undefined)[][] | null {
  const bytes = new TextEncoder().encode(text);
  const fields = newFields();
  const records: (string | undefined)[][] = [];
  const dialect = { delimiter: delimiter.charCodeAt(0), quotes: true };
  for (let at = 0; at < bytes.length; ) {
    at = splitRecord(bytes, at, true, dialect, fields);
    if (at === INCOMPLETE || at === STRAY) return null;
    records.push(
      Array.from({ length: fields.count }, (_, i) => fieldText(bytes, fields, i, textOf)),
    );
  }
  return records;
}

describe('splitRecord', () => {
  it('agrees with csv-parse on every text it takes', () => {
    const piece = fc.constantFrom('a', 'é', ' ', ',', '"', '""', '\n', '\r\n', '"x,y"', '1.5');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 14 }), (pieces) => {
        const text = pieces.join('');
        let expected: string[][];
        try {
          expected = parse(text, { record_delimiter: ['\r\n', '\n'], relax_column_count: true });
        } catch {
          // csv-parse refuses marks inside an unquoted field, which many writers leave as they are.
          return;
        }
        expect(split(text)).toEqual(expected);
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    [
      'a,b\nc,d\n',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    ['"a\nb","say ""hi"""', [['a\nb', 'say "hi"']]],
    ['5" pipe,1', [['5" pipe', '1']]],
    [
      'a,\r\n,b',
      [
        ['a', ''],
        ['', 'b'],
      ],
    ],
    ['"",""\n', [['', '']]],
  ])('%j', (text, records) => {
    expect(split(text)).toEqual(records);
  });

  it('says when a record goes on beyond the bytes', () => {
    const bytes = new TextEncoder().encode('a,"b');
    const dialect = { delimiter: 0x2c, quotes: true };
    expect(splitRecord(bytes, 0, true, dialect, newFields())).toBe(INCOMPLETE);
    expect(splitRecord(bytes.subarray(0, 2), 0, false, dialect, newFields())).toBe(INCOMPLETE);
  });
});
