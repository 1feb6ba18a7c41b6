import { escaped } from '../../core/text.ts';
import type { Check, Finding } from './contract.ts';
import type { Verdict } from './gate.ts';
import { rules } from './rules/index.ts';

/** One JUnit test case for each check (notes pass) and each condition; the source is the class name. */
export function junit(
  source: string,
  findings: readonly Finding[],
  verdicts: readonly Verdict[],
  seconds: number,
  checks: readonly Check[] = rules,
): string {
  const cases = [
    ...checks.map(({ id }) => {
      const finding = findings.find((found) => found.id === id && found.severity !== 'note');
      return { name: id, failure: finding && `${finding.sentence} What helps: ${finding.fix}.` };
    }),
    ...verdicts.map(({ condition, failed, sentence }) => ({
      name: `fail on ${condition}`,
      failure: failed ? sentence : undefined,
    })),
  ];
  const failures = cases.filter(({ failure }) => failure !== undefined).length;
  const body = cases.map(({ name, failure }) => {
    const head = `<testcase classname="${xml(source)}" name="${xml(name)}"`;
    if (failure === undefined) return `    ${head}/>`;
    return `    ${head}><failure message="${xml(failure)}"/></testcase>`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?>
<testsuites>
  <testsuite name="tammes" tests="${cases.length}" failures="${failures}" time="${seconds.toFixed(3)}">
${body.join('\n')}
  </testsuite>
</testsuites>
`;
}

/** What XML 1.0 cannot hold, even escaped. */
const INVALID = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;

function xml(text: string): string {
  return escaped(text.replace(INVALID, '\uFFFD'));
}
