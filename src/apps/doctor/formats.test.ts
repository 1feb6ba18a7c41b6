import { describe, expect, test } from 'vitest';
import type { Finding } from './contract.ts';
import type { Verdict } from './gate.ts';
import { junit } from './junit.ts';
import { rules } from './rules/index.ts';
import { sarif } from './sarif.ts';

const findings: Finding[] = [
  {
    id: 'hubs',
    severity: 'warning',
    sentence: 'Row "<a>" & others.',
    rows: [3, 1],
    columns: [],
    fix: 'x',
  },
  { id: 'few-rows', severity: 'note', sentence: 'Few.', rows: [], columns: [], fix: 'more rows' },
];
const verdicts: Verdict[] = [
  { condition: 'minAngleDeg<1', failed: true, sentence: 'min-angle is 0.5.' },
  { condition: 'error', failed: false, sentence: 'found nothing as bad as an error.' },
];

describe('sarif', () => {
  const log = JSON.parse(sarif('my vectors.npy', findings, verdicts));

  test('has a result for each finding and each failed condition, under a rule of its id', () => {
    const [run] = log.runs;
    expect(log.version).toBe('2.1.0');
    expect(
      run.results.map(({ ruleId, level }: { ruleId: string; level: string }) => [ruleId, level]),
    ).toEqual([
      ['hubs', 'warning'],
      ['few-rows', 'note'],
      ['fail-on', 'error'],
    ]);
    const ids = run.tool.driver.rules.map(({ id }: { id: string }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { ruleId } of run.results) expect(ids).toContain(ruleId);
  });

  test('names the file as a URI and carries the rows', () => {
    const [first] = log.runs[0].results;
    expect(first.locations[0].physicalLocation.artifactLocation.uri).toBe('my%20vectors.npy');
    expect(first.properties.rows).toEqual([3, 1]);
  });
});

describe('junit', () => {
  const xml = junit('my vectors.npy', findings, verdicts, 1.5);

  test('has a case for each rule and condition; notes pass', () => {
    expect(xml.match(/<testcase /g)).toHaveLength(rules.length + 2);
    expect(xml).toContain(`tests="${rules.length + 2}" failures="2" time="1.500"`);
    expect(xml.match(/<failure /g)).toHaveLength(2);
  });

  test('escapes text, and replaces what XML cannot hold', () => {
    expect(xml).toContain('&#60;a&#62;&#34; &#38; others.');
    const odd = junit('a\u0000b\uD800', [], [], 0);
    expect(odd).toContain('classname="a\uFFFDb\uFFFD"');
  });
});
