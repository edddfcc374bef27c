/** One line of the result. */
export interface Row {
  readonly what: string;
  /** What was measured, with its unit. */
  readonly measured: string;
  /** How it compares with what it is measured against. */
  readonly compared: string;
  /** What the project wants it to be. */
  readonly aim: string;
}

/** Is told, line by line, what takes its time. */
export type Report = (line: string) => void;

/** A time, for people. */
export function seconds(value: number): string {
  return `${value.toFixed(2)} s`;
}

/** A ratio, for people. */
export function times(value: number): string {
  return `${value.toFixed(2)} ×`;
}
