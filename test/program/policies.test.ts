import { beforeAll, describe, expect, it } from "vitest";
import { closedNetworks } from "../../policies/rules/closed-networks.ts";
import { resourceRules } from "../../policies/rules/index.ts";
import { deploy as stack } from "../../stacks/deploy.ts";
import { audit, auditStack } from "../support/audit.ts";
import { deploy, type Registration } from "../support/engine.ts";
import { stackFile } from "../support/stack-file.ts";

describe.each([
  ["acceleration-docker", "docker:"],
  ["acceleration-kubernetes", "kubernetes:"],
])("%s", (name, prefix) => {
  let registered: readonly Registration[];

  beforeAll(async () => {
    registered = await deploy(() => stack(stackFile(name)));
  });

  it("[G11] registers resources of its target", () => {
    expect(registered.filter(({ type }) => type.startsWith(prefix)).length).toBeGreaterThan(50);
  });

  it.each(resourceRules)("[G11] $name accepts everything that it registers", async (rule) => {
    const reports = registered.map(({ inputs, ...rest }) => audit(rule, { ...rest, props: inputs }));
    expect((await Promise.all(reports)).flat()).toEqual([]);
  });

  it("[G11] [G5] closed-networks accepts all of it together", async () => {
    const resources = registered.map(({ inputs, ...rest }) => ({ ...rest, props: inputs }));
    expect(await auditStack(closedNetworks, resources)).toEqual([]);
  });
});
