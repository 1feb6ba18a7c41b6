interface Client {
  connect(): Promise<void>;
  query(text: string, values?: readonly unknown[]): Promise<{ readonly rows: readonly Row[] }>;
  end(): Promise<void>;
}

export type Row = Readonly<Record<string, unknown>>;

/** Its package has no types of its own. */
const PACKAGE: string = 'pg';

/** The rows that a server of PostgreSQL answers, by a connection for this question alone. */
export async function askedSql(
  address: string,
  text: string,
  values: readonly unknown[] = [],
): Promise<readonly Row[]> {
  const { default: pg } = (await import(PACKAGE)) as {
    readonly default: { readonly Client: new (of: { connectionString: string }) => Client };
  };
  const client = new pg.Client({ connectionString: address });
  await client.connect();
  try {
    return (await client.query(text, values.length > 0 ? values : undefined)).rows;
  } finally {
    await client.end();
  }
}
