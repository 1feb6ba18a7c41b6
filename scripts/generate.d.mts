/** A folder of methods, as `generate.mjs` sees it. */
export interface FamilyFolder {
  readonly id: string;
  readonly order: number;
  readonly folder: string;
  readonly groups: readonly string[];
}
export function camelCase(id: string): string;
export function families(src?: string): FamilyFolder[];
export function methodFiles(
  family: FamilyFolder,
): { readonly id: string; readonly group: string; readonly path: string }[];
export function studyIds(src?: string): string[];
export function generated(src?: string): Map<string, string>;
export function generate(src?: string): string[];
