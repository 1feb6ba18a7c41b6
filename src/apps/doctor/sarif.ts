import { VERSION } from '../../core/version.ts';
import type { Check, Finding } from './contract.ts';
import type { Verdict } from './gate.ts';
import { rules } from './rules/index.ts';

const SCHEMA = 'https://json.schemastore.org/sarif-2.1.0.json';

/** Findings and failed conditions as a SARIF 2.1.0 log, which code hosts show beside a pull request. */
export function sarif(
  source: string,
  findings: readonly Finding[],
  verdicts: readonly Verdict[],
  checks: readonly Check[] = rules,
): string {
  const gates = verdicts.filter(({ failed }) => failed);
  const result = (ruleId: string, level: string, text: string, properties: object) => ({
    ruleId,
    level,
    message: { text },
    locations: [{ physicalLocation: { artifactLocation: { uri: encodeURI(source) } } }],
    properties,
  });
  const log = {
    $schema: SCHEMA,
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'tammes',
            version: VERSION,
            rules: [
              ...checks.map(({ id, summary }) => ({ id, shortDescription: { text: summary } })),
              { id: 'fail-on', shortDescription: { text: 'A condition that was asked for.' } },
            ],
          },
        },
        results: [
          ...findings.map(({ id, severity, sentence, fix, rows, columns }) =>
            result(id, severity, `${sentence} What helps: ${fix}.`, { rows, columns }),
          ),
          ...gates.map(({ condition, sentence }) =>
            result('fail-on', 'error', sentence, { condition }),
          ),
        ],
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}
