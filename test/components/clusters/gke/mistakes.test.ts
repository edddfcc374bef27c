import { describe, expect, it } from "vitest";
import type { GkeArgs } from "../../../../components/clusters/gke.ts";
import { mistakesOf } from "../../../../components/clusters/gke/mistakes.ts";
import { POOLS } from "../../../../components/clusters/gke/pools.ts";
import { poolsOf } from "../../../../components/clusters/pools.ts";
import { clusterOf, LEAST } from "../../../support/google-cloud.ts";

const reasonsOf = (args: Partial<GkeArgs>, name = "prod") =>
  mistakesOf(name, { ...LEAST, ...args }, poolsOf(POOLS, args.pools), args.version ?? "1.36").map(
    ({ reason }) => reason,
  );

const EXISTING = {
  network: "corp",
  subnetwork: "corp-gke",
  podsRange: "gke-pods",
  servicesRange: "gke-services",
};

const WRONG: readonly (readonly [string, Partial<GkeArgs>, string])[] = [
  ["an id of a project that can't be", { project: "Acme" }, 'project is "Acme"; state the id of a project'],
  ["a zone as the region", { region: "us-central1-a" }, 'region is "us-central1-a"; state a region'],
  [
    "a zone of another region",
    { zones: ["europe-west1-b"] },
    'zones[0] is "europe-west1-b"; state a zone of the region, as "us-central1-a"',
  ],
  [
    "a zone twice",
    { zones: ["us-central1-a", "us-central1-a"] },
    "zones are [us-central1-a, us-central1-a]; state at least one, and each once",
  ],
  ["no zone", { zones: [] }, "zones are []; state at least one, and each once"],
  [
    "a version that is none of GKE's",
    { version: "1.23" },
    'Kubernetes "1.23" is not supported; use one of 1.36',
  ],
  [
    "access from what is no network",
    { access: ["198.51.100.7/24"] },
    'access[0] is "198.51.100.7/24"; state IPv4',
  ],
  [
    "more networks than a cluster takes",
    { access: Array.from({ length: 101 }, (_, index) => `198.51.100.${index}/32`) },
    "access has 101 networks; state 100 at most",
  ],
  [
    "ranges with addresses in common",
    { ranges: { nodes: "10.4.16.0/20" } },
    'ranges.nodes "10.4.16.0/20" and ranges.pods "10.4.0.0/16" have addresses in common',
  ],
  ["a range of the wrong size", { ranges: { controlPlane: "172.16.0.0/24" } }, "state a network of /28"],
  [
    "too few addresses for the pools",
    { ranges: { pods: "10.4.0.0/20" } },
    'ranges.pods "10.4.0.0/20" is enough for 16 nodes, and the pools may have 18 during an upgrade',
  ],
  [
    "a machine that is not known",
    { pools: { general: { type: "t3.xlarge" } } },
    '"t3.xlarge" is a machine of unknown',
  ],
  [
    "fewer nodes than zones",
    { pools: { general: { max: 2 } } },
    'pool "general": 2 nodes at first are 1 in each of 3 zones, which makes 3, more than max 2',
  ],
  [
    "a label in capitals",
    { tags: { Team: "ai" } },
    'tags.Team is "Team"; state a key of up to 63 lower-case letters',
  ],
  [
    "a label's value with a space",
    { tags: { team: "a b" } },
    'tags.team is "a b"; state a value of up to 63',
  ],
  [
    "a window for maintenance of an hour",
    { maintenance: { start: "2026-01-03T02:00:00Z", end: "2026-01-03T03:00:00Z", recurrence: "FREQ=DAILY" } },
    "from 4 to 24 hours apart",
  ],
  [
    "a window that never comes again",
    { maintenance: { start: "2026-01-03T02:00:00Z", end: "2026-01-03T08:00:00Z", recurrence: "weekly" } },
    'maintenance.recurrence is "weekly"; state a rule',
  ],
  ["a budget of nothing", { budget: { monthlyUsd: 0, email: "a@example.com" } }, 'budget.monthlyUsd is "0"'],
  ["a budget for nobody", { budget: { monthlyUsd: 9, email: "operations" } }, 'budget.email is "operations"'],
  ["certificates of nobody", { certificates: { email: "" } }, 'certificates.email is ""'],
  ["backups that are kept for no time", { backups: { retentionDays: 0 } }, 'backups.retentionDays is "0"'],
  ["a zone with a scheme", { zone: "https://example.com" }, 'zone is "https://example.com"; state a domain'],
  ["any group", { securityGroup: "team@example.com" }, 'securityGroup is "team@example.com"'],
  [
    "addresses of a network that is there already",
    { existing: EXISTING, ranges: { pods: "10.4.0.0/16" } },
    "ranges.pods has no effect on a network that is there already; leave it out",
  ],
  [
    "the version of a cluster that is there already",
    { existing: { cluster: "shared" }, version: "1.36" },
    "version has no effect on a cluster that is there already; leave it out",
  ],
];

describe("mistakes in the arguments of a cluster on GKE", () => {
  it.each(WRONG)("are %s", (_, args, reason) => {
    expect(reasonsOf(args)).toEqual([expect.stringContaining(reason)]);
  });

  it.each(["Prod", "prod-", "1prod", "", "a-name-of-23-characters-"])("are the name %j", (name) => {
    expect(reasonsOf({}, name)).toEqual([expect.stringContaining(`name is "${name}"; state up to 22`)]);
  });

  it("are none in what is good", () => {
    expect(reasonsOf({})).toEqual([]);
    expect(reasonsOf({ existing: EXISTING, ranges: { controlPlane: "192.168.0.0/28" } })).toEqual([]);
    expect(
      reasonsOf({ zones: ["us-central1-a"], pools: { general: { max: 2 } }, tags: { team: "ai_1" } }),
    ).toEqual([]);
    expect(reasonsOf({ access: [], zone: "ai.example.com", backups: { retentionDays: 7 } })).toEqual([]);
  });

  it("[G18] are told all at once, before anything is made", async () => {
    const wrong = clusterOf({ project: "Acme", version: "1.23", zone: "example" });
    await expect(wrong).rejects.toThrow(
      /^cluster "prod": project is .*; Kubernetes "1\.23" .*; zone is "example"/,
    );
  });
});
