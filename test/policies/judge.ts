import type { ResourceValidationPolicy } from "@pulumi/policy";
import { describe, expect, it } from "vitest";
import { audit, type Registered, type Settings } from "../support/audit.ts";

type Passing = readonly [title: string, resource: Registered, settings?: Settings];
type Failing = readonly [title: string, resource: Registered, report: RegExp, settings?: Settings];

/** What a rule lets through and what it refuses: at least one of each, or the rule says nothing. */
export interface Examples {
  readonly passes: readonly [Passing, ...Passing[]];
  readonly fails: readonly [Failing, ...Failing[]];
}

/** Tests a rule by its examples. A report names the resource, or the container, and says what to do. */
export function judge(
  rule: ResourceValidationPolicy,
  { passes, fails }: Examples,
  requirement: string,
): void {
  describe(`[G11] [${requirement}] ${rule.name}`, () => {
    it.each(passes.map(([title, ...rest]) => [title, rest] as const))(
      "accepts %s",
      async (_, [resource, settings]) => {
        expect(await audit(rule, resource, settings)).toEqual([]);
      },
    );

    it.each(fails.map(([title, ...rest]) => [title, rest] as const))(
      "refuses %s",
      async (_, [resource, report, settings]) => {
        const reports = await audit(rule, resource, settings);
        expect(reports).toEqual([expect.stringMatching(report)]);
        expect(reports[0]).toContain(`"${resource.name}"`);
        expect(reports[0]).toMatch(/; (set|name|leave|use|publish|hand|make)\b/);
      },
    );
  });
}
