import { type Examined, type Finding, SEVERITIES } from './contract.ts';
import { rules } from './rules/index.ts';

/** What is wrong with a file, worst first; empty where nothing is. */
export function examine(file: Examined): Finding[] {
  const findings: Finding[] = [];
  for (const { id, examine } of rules) {
    const found = examine(file);
    if (found) findings.push({ id, ...found });
  }
  return findings.sort((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity));
}
