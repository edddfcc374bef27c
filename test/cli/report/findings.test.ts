import { describe, expect, it } from "vitest";
import { findingList, judgementIn } from "../../../cli/report/findings.ts";
import { rowsOf } from "../../../cli/report/rows.ts";
import { rules } from "../../../policies/rules/index.ts";

const urn = (name: string) => `urn:pulumi:shop::keelson::docker:index/container:Container::${name}`;
const looked = (name: string) => ({ policyAnalyzeSummaryEvent: { resourceUrn: urn(name), passed: [] } });
const found = (policyName: string, message: string, resourceUrn?: string) => ({
  policyEvent: { policyName, message, enforcementLevel: "advisory", ...(resourceUrn && { resourceUrn }) },
});

const pinned = rules.find(({ name }) => name === "pinned-images")!;

/** Events of a preview, one in a line, with what else is told among them. */
const events = [
  { policyLoadEvent: {} },
  looked("db"),
  found("pinned-images", `${pinned.description}\nit runs latest\n`, urn("db")),
  looked("web"),
  found("host-paths", "it sees /etc", urn("web")),
  found("host-paths", "it sees /proc", urn("web")),
  found("closed-networks", "a namespace is open"),
  { summaryEvent: { isPreview: true } },
];
const judgement = judgementIn(
  events.map((event, sequence) => JSON.stringify({ sequence, ...event })).join("\n"),
);

describe("what the engine's events tell of policies", () => {
  it("is how many resources were looked at, and each finding with the name of its resource", () => {
    expect(judgement.resources).toBe(2);
    expect(judgement.findings.map(({ policy, resource }) => [policy, resource])).toEqual([
      ["pinned-images", "db"],
      ["host-paths", "web"],
      ["host-paths", "web"],
      ["closed-networks", ""],
    ]);
  });

  it("is a row for each policy and resource, at the policy's own level, with what to do", () => {
    const rows = rowsOf(findingList, judgement);
    expect(rows.map(({ name }) => name)).toEqual(["pinned-images: db", "host-paths: web", "closed-networks"]);
    expect(rows[0]?.facts["finding"]).toEqual(["it runs latest"]);
    expect(rows[1]?.facts["finding"]).toEqual(["it sees /etc", "it sees /proc"]);
    const rule = rules.find(({ name }) => name === "host-paths")!;
    expect(rows[1]?.facts).toMatchObject({
      level: [rule.enforcementLevel],
      severity: [rule.severity],
      "what to do": [rule.remediationSteps],
    });
  });
});
