import { InputError } from '../../../core/errors.ts';
import { type Asked, PassingError } from '../../requests.ts';

/** What is known of a request that was refused. */
export interface S3Asked extends Asked {
  readonly bucket: string;
  readonly region: string;
  readonly signed: boolean;
}

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
};

function unescaped(text: string): string {
  return text.replace(/&(#x[0-9a-f]+|#\d+|\w+);/gi, (whole, name: string) => {
    if (name.startsWith('#x')) return String.fromCodePoint(Number.parseInt(name.slice(2), 16));
    return name.startsWith('#')
      ? String.fromCodePoint(Number(name.slice(1)))
      : (ENTITIES[name] ?? whole);
  });
}

/** The text of the first element of that name. */
export function elementOf(xml: string, name: string): string | undefined {
  const found = new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)?.[1];
  return found === undefined ? undefined : unescaped(found);
}

/** The parts of a document under that name. */
export function elementsOf(xml: string, name: string): string[] {
  return Array.from(
    xml.matchAll(new RegExp(`<${name}>(.*?)</${name}>`, 'gs')),
    ([, text = '']) => text,
  );
}

/** Codes that pass, whatever their status. */
const PASSING = new Set([
  'RequestTimeout',
  'SlowDown',
  'InternalError',
  'ConditionalRequestConflict',
]);

/**
 * Says in a sentence why S3 refused. Only the code of its answer is repeated: the rest may hold what was signed.
 */
export async function refusal(response: Response, asked: S3Asked): Promise<never> {
  const xml = await response.text().catch(() => '');
  const code = elementOf(xml, 'Code') ?? '';
  if (PASSING.has(code)) throw new PassingError(`the server answered ${response.status} (${code})`);
  const sentence =
    movedSentence(response, xml, code, asked) ??
    keySentence(response, code, asked) ??
    placeSentence(response, code, asked);
  throw new InputError(asked.name, sentence);
}

function movedSentence(
  response: Response,
  xml: string,
  code: string,
  { region }: S3Asked,
): string | undefined {
  const moved =
    [301, 302, 307, 308].includes(response.status) ||
    /^(PermanentRedirect|TemporaryRedirect|AuthorizationHeaderMalformed|IllegalLocationConstraintException)$/.test(
      code,
    );
  if (!moved) return undefined;
  const there = response.headers.get('x-amz-bucket-region') ?? elementOf(xml, 'Region');
  return there === undefined || !/^[a-z0-9-]+$/.test(there)
    ? `the bucket does not lie in the region ${region}; set AWS_REGION to its own.`
    : `the bucket lies in the region ${there}, not ${region}; set AWS_REGION=${there}.`;
}

function keySentence(
  response: Response,
  code: string,
  { signed, host }: S3Asked,
): string | undefined {
  switch (code) {
    case 'SignatureDoesNotMatch':
      return 'the server refuses the signature: AWS_SECRET_ACCESS_KEY does not belong to AWS_ACCESS_KEY_ID.';
    case 'InvalidAccessKeyId':
      return `${host} does not know the key in AWS_ACCESS_KEY_ID.`;
    case 'ExpiredToken':
    case 'InvalidToken':
    case 'TokenRefreshRequired':
      return 'AWS_SESSION_TOKEN has expired or belongs to other keys; get new ones.';
    case 'RequestTimeTooSkewed':
    case 'RequestExpired':
      return `the clock of this machine (${new Date().toISOString()}) is too far from the server's (${response.headers.get('date') ?? 'unknown'}); set it right.`;
  }
  if (response.status !== 403 && response.status !== 401) return undefined;
  const said = code === '' ? String(response.status) : `${response.status} ${code}`;
  return signed
    ? `access is denied (${said}): the keys in AWS_ACCESS_KEY_ID may not do this.`
    : `access is denied (${said}), and no keys are set: AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.`;
}

function placeSentence(response: Response, code: string, { bucket, host }: S3Asked): string {
  if (code === 'NoSuchBucket') return `there is no bucket ${bucket} at ${host}.`;
  if (code === 'NoSuchKey') return 'there is no such object.';
  if (response.status === 507 || /StorageFull|QuotaExceeded/.test(code)) {
    return 'the store is full; nothing was written.';
  }
  const said = /^\w+$/.test(code) ? `${response.status} (${code})` : String(response.status);
  return `the server at ${host} answered ${said}.`;
}
