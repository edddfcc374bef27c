import * as pulumi from "@pulumi/pulumi";
import { isName } from "../services/search-preparation.ts";
import type { LogsArgs, ObservabilityArgs } from "./observability-args.ts";

/** How a platform is observed, with a default for all that is left out. */
export interface ObservabilitySettings extends Required<Omit<ObservabilityArgs, "logs">> {
  /** Where logs go; undefined where they go nowhere. */
  readonly logs: LogSettings | undefined;
}

/** Where logs go. */
export interface LogSettings extends Required<Omit<LogsArgs, "external">>, Pick<LogsArgs, "external"> {}

/**
 * Fills in what is left out.
 *
 * @param index - what the names of indices for logs begin with, unless others are given
 * @throws InputPropertiesError with all that is wrong
 */
export function complete(args: ObservabilityArgs, index: string): ObservabilitySettings {
  const { logs = false, ...given } = args;
  const chosen = logs === true ? {} : logs;
  const settings = {
    images: {},
    traces: true,
    samplingRatio: 0.1,
    storageGiB: 10,
    retentionDays: 15,
    downSeconds: 60,
    ...given,
    logs: chosen ? { index, storageGiB: 20, ...chosen } : undefined,
  };
  refuseMistakes(settings);
  return settings;
}

function refuseMistakes(settings: ObservabilitySettings): void {
  const { samplingRatio, storageGiB, retentionDays, downSeconds, logs } = settings;
  const errors = [
    ...mistake("samplingRatio", samplingRatio > 0 && samplingRatio <= 1, samplingRatio, SHARE),
    ...mistake("storageGiB", isWhole(storageGiB, 1), storageGiB, wholeFrom(1)),
    ...mistake("retentionDays", isWhole(retentionDays, 1), retentionDays, wholeFrom(1)),
    ...mistake("downSeconds", isWhole(downSeconds, 0), downSeconds, wholeFrom(0)),
    ...(logs ? mistake("logs.index", isName(logs.index), logs.index, INDEX) : []),
    ...(logs ? mistake("logs.storageGiB", isWhole(logs.storageGiB, 1), logs.storageGiB, wholeFrom(1)) : []),
  ];
  if (errors.length === 0) return;
  const message = errors.map(({ propertyPath, reason }) => `${propertyPath}: ${reason}`).join("; ");
  throw new pulumi.InputPropertiesError({ message, errors });
}

const SHARE = "a number above 0, 1 at most";
const INDEX =
  "small letters, digits, dots, underscores and hyphens, the first of them a small letter or a digit";
const wholeFrom = (lowest: number) => `a whole number from ${lowest} on`;
const isWhole = (value: number, lowest: number) => Number.isInteger(value) && value >= lowest;

function mistake(name: string, isTaken: boolean, value: number | string, takes: string) {
  if (isTaken) return [];
  return [
    {
      propertyPath: `observability.${name}`,
      reason: `${JSON.stringify(value)} can't be taken; give ${takes}`,
    },
  ];
}
