import { InputError } from '../../../core/errors.ts';
import type { S3Credentials, S3Settings } from '../../s3.ts';

/** A bucket and where in it. */
export interface S3Place {
  /** `s3://bucket/prefix`, as it is printed. */
  readonly address: string;
  readonly bucket: string;
  /** Without slashes at its ends; may be empty. */
  readonly prefix: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Reads `s3://bucket/prefix`. */
export function s3Place(address: string): S3Place {
  const [, host = '', path = ''] = /^s3:\/\/([^/]*)\/?(.*)$/is.exec(address) ?? [];
  if (host.includes('@') || host.includes(':')) {
    // Not printed: what stands before the sign may be a secret.
    throw new InputError(
      's3://…',
      'keys do not belong into an address; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.',
    );
  }
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]+$/.test(host)) {
    throw new InputError(address, 'the address of a store is s3://bucket/prefix.');
  }
  if (/[?#]/.test(path) || path.split('/').some((part) => part === '.' || part === '..')) {
    throw new InputError(
      `s3://${host}/…`,
      'the prefix of a store is a plain path, without ? and #.',
    );
  }
  const prefix = path.replace(/^\/+|\/+$/g, '');
  return { address: `s3://${host}${prefix === '' ? '' : `/${prefix}`}`, bucket: host, prefix };
}

/** Settings with what the environment says where they say nothing. */
export function s3Settings(given: S3Settings, environment: Environment) {
  const env = (name: string): string | undefined => environment[name]?.trim() || undefined;
  const endpoint = given.endpoint ?? env('AWS_ENDPOINT_URL_S3') ?? env('AWS_ENDPOINT_URL');
  const virtual = env('AWS_VIRTUAL_HOSTED_STYLE_REQUEST') === 'true';
  return {
    endpoint: endpoint === undefined ? undefined : endpointOf(endpoint),
    region: given.region ?? env('AWS_REGION') ?? env('AWS_DEFAULT_REGION') ?? 'us-east-1',
    pathStyle: given.pathStyle ?? (endpoint !== undefined && !virtual),
    credentials: given.credentials ?? credentialsOf(env),
  };
}

function endpointOf(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url && (url.username !== '' || url.password !== '')) {
    throw new InputError('AWS_ENDPOINT_URL', 'keys do not belong into an address.');
  }
  if (!url || !/^https?:$/.test(url.protocol) || url.search !== '' || url.hash !== '') {
    throw new InputError('AWS_ENDPOINT_URL', 'an address such as https://host:9000 is expected.');
  }
  return url;
}

const KEY = 'AWS_ACCESS_KEY_ID';
const SECRET = 'AWS_SECRET_ACCESS_KEY';

function credentialsOf(env: (name: string) => string | undefined): S3Credentials | undefined {
  const [accessKeyId, secretAccessKey] = [env(KEY), env(SECRET)];
  const sessionToken = env('AWS_SESSION_TOKEN');
  if (accessKeyId === undefined && secretAccessKey === undefined) return undefined;
  if (accessKeyId === undefined || secretAccessKey === undefined) {
    const [set, missing] = accessKeyId === undefined ? [SECRET, KEY] : [KEY, SECRET];
    throw new InputError('s3', `${set} is set and ${missing} is not.`);
  }
  for (const [name, value] of [
    [KEY, accessKeyId],
    ['AWS_SESSION_TOKEN', sessionToken ?? ''],
  ]) {
    // They travel in headers; an error of the platform about a header prints it.
    if (!/^[\x21-\x7e]*$/.test(value)) {
      throw new InputError('s3', `${name} holds a character that no key has.`);
    }
  }
  return { accessKeyId, secretAccessKey, sessionToken };
}
