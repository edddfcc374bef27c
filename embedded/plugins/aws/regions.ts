/** A part of the world with data centres, and its zones: https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html */
import type { Value } from "../provider/value.ts";

const region =
  /^([a-z]{2}(?:-gov)?)-(north|south|east|west|central|northeast|northwest|southeast|southwest)-(\d)$/;

/** For the `validate` column of a property table, in the words of the official plugin. */
export function isRegion(value: Value): string | undefined {
  return typeof value !== "string" || region.test(value) ? undefined : `invalid AWS Region: ${value}`;
}

/** A zone by the name that it has in this account, and the id that it has in all. */
export interface Zone {
  readonly name: string;
  readonly id: string;
}

/** Three zones, which nearly every region has at least. */
export function zonesOf(name: string): readonly Zone[] {
  return ["a", "b", "c"].map((letter, index) => ({
    name: `${name}${letter}`,
    id: `${shortName(name)}-az${index + 1}`,
  }));
}

/** As zones' ids begin: `usw2` for us-west-2, `apse1` for ap-southeast-1. */
function shortName(name: string): string {
  const [, country = "", direction = "", number = ""] = region.exec(name) ?? [];
  const initials = direction.replace(/^(north|south)(east|west)$/, (_, one: string, other: string) =>
    [one, other].map((word) => word.charAt(0)).join(""),
  );
  return `${country.replace("-", "")}${initials === direction ? direction.charAt(0) : initials}${number}`;
}
