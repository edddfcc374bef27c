/** One thing of a stack: a line of a table of the report, which the next report compares. */
export interface Row {
  /** What kind of thing it is, as `service`. */
  readonly kind: string;
  /** No two of a kind have the same. */
  readonly name: string;
  /** What is said of it, by what the column is called: each fact as lines of text. */
  readonly facts: Facts;
}

/** What is said of a thing. */
export type Facts = Readonly<Record<string, readonly string[]>>;

/** How the texts of a column are shown: each in a line, which is broken where it is not short; or all in one. */
export type Shown = "text" | "short" | "code" | "number" | "list";

/** A table of the report: what kind of things it has, and what it says of them. */
export interface Listing<Source> {
  /** What one row is, as `service`. */
  readonly kind: string;
  /** What the first column is called. */
  readonly name: string;
  /** The other columns, and how their texts are shown. */
  readonly columns: Readonly<Record<string, Shown>>;
  /** What the rows are read from. */
  readonly rows: (source: Source) => readonly Omit<Row, "kind">[];
}

/** The rows of a table. */
export function rowsOf<Source>(listing: Listing<Source>, source: Source): readonly Row[] {
  return listing.rows(source).map((row) => ({ kind: listing.kind, ...row }));
}
