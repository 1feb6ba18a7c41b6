/** What signs requests. */
export interface S3Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string | undefined;
}

/** How a bucket is reached; what is left out comes from the environment variables that all tools of S3 read. */
export interface S3Settings {
  /** AWS_ENDPOINT_URL_S3 or AWS_ENDPOINT_URL; left out, Amazon's. */
  readonly endpoint?: string | undefined;
  /** AWS_REGION or AWS_DEFAULT_REGION; us-east-1 where none says. */
  readonly region?: string | undefined;
  /** Whether the bucket stands in the path and not in the host; default where there is an endpoint. */
  readonly pathStyle?: boolean | undefined;
  /** AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN; `false` to read without. */
  readonly credentials?: S3Credentials | false | undefined;
}
