import { contentHash } from '#files';
import {
  type Asked,
  type PassingError,
  persistent,
  type RequestLimits,
  requireLasting,
} from '../../requests.ts';
import { refusal, type S3Asked } from './s3-answers.ts';
import type { S3Place, s3Settings } from './s3-settings.ts';

/** A request to a bucket. */
export interface S3Request {
  readonly method: 'GET' | 'HEAD' | 'PUT' | 'DELETE';
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly query?: Readonly<Record<string, string>> | undefined;
  readonly body?: Uint8Array | undefined;
}

/** What handles an answer; `earlier`: what went wrong in the attempts before. */
type Use<T> = (
  response: Response,
  signal: AbortSignal,
  earlier: readonly PassingError[],
) => Promise<T>;

/** Requests to one bucket, signed where there are keys. An empty key is the bucket itself. */
export function s3Client(
  { address, bucket, prefix }: S3Place,
  settings: ReturnType<typeof s3Settings>,
  limits: RequestLimits,
) {
  const { credentials, region } = settings;
  const base = baseOf(bucket, settings);
  const signingKeys = new Map<string, ArrayBuffer>();

  const nameOf = (key: string): string => (key === '' ? address : `${address}/${key}`);

  async function headersOf(url: URL, request: S3Request): Promise<Headers> {
    const { method, headers = {}, body } = request;
    if (!credentials) return new Headers(headers);
    const { AwsV4Signer } = await import('aws4fetch');
    const { sessionToken, ...keys } = credentials;
    const signer = new AwsV4Signer({
      ...keys,
      ...(sessionToken !== undefined && { sessionToken }),
      method,
      url: url.href,
      // The server holds what arrives to its hash.
      headers: { ...headers, ...(body && { 'X-Amz-Content-Sha256': await contentHash(body) }) },
      service: 's3',
      region,
      cache: signingKeys,
    });
    return (await signer.sign()).headers;
  }

  async function send(key: string, request: S3Request, signal: AbortSignal): Promise<Response> {
    const path = key === '' ? [] : [...prefix.split('/'), ...key.split('/')];
    const url = new URL(base);
    url.pathname = [base.pathname.slice(0, -1), ...path.filter((part) => part !== '')]
      .map((part, i) => (i === 0 ? part : encodeURIComponent(part)))
      .join('/');
    for (const [name, value] of Object.entries(request.query ?? {})) {
      url.searchParams.set(name, value);
    }
    const headers = await headersOf(url, request);
    // What is packed on the way has another length.
    headers.set('Accept-Encoding', 'identity');
    const { method, body } = request;
    return fetch(url, {
      method,
      headers,
      signal,
      redirect: 'manual',
      ...(body && { body: body as Uint8Array<ArrayBuffer> }),
    });
  }

  const askedOf = (key: string): Asked => ({ name: nameOf(key), host: base.host });

  return {
    host: base.host,
    nameOf,
    askedOf,
    send,
    /** Says why an answer is none that was hoped for. */
    refused(key: string, response: Response): Promise<never> {
      const asked: S3Asked = {
        ...askedOf(key),
        bucket,
        region,
        signed: Boolean(credentials),
      };
      return refusal(response, asked);
    },
    /** Sends a request until there is a lasting answer, and uses it. */
    ask<T>(key: string, request: S3Request, use: Use<T>): Promise<T> {
      return persistent(
        askedOf(key),
        request.body?.length ?? 0,
        limits,
        async (signal, earlier) => {
          const response = await send(key, request, signal);
          await requireLasting(response);
          return use(response, signal, earlier);
        },
      );
    },
  };
}

/** The address of a bucket, with a slash at its end. */
function baseOf(
  bucket: string,
  { endpoint, region, pathStyle }: ReturnType<typeof s3Settings>,
): URL {
  const domain = region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com';
  const url = new URL(endpoint ?? `https://s3.${region}.${domain}`);
  const root = url.pathname.replace(/\/+$/, '');
  // A certificate covers no name of a bucket that has a dot.
  if (pathStyle || (endpoint === undefined && bucket.includes('.'))) {
    url.pathname = `${root}/${bucket}/`;
  } else {
    url.hostname = `${bucket}.${url.hostname}`;
    url.pathname = `${root}/`;
  }
  return url;
}
