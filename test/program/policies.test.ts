import { beforeAll, describe, expect, it } from "vitest";
import { rules } from "../../policies/rules/index.ts";
import { deploy as stack } from "../../stacks/deploy.ts";
import { audit } from "../support/audit.ts";
import { deploy, type Registration } from "../support/engine.ts";
import { stackFile } from "../support/stack-file.ts";

describe("acceleration-docker", () => {
  let registered: readonly Registration[];

  beforeAll(async () => {
    registered = await deploy(() => stack(stackFile("acceleration-docker")));
  });

  it.each(rules)("[G11] $name accepts everything that it registers", async (rule) => {
    expect(registered.filter(({ type }) => type.startsWith("docker:")).length).toBeGreaterThan(50);
    const reports = registered.map(({ inputs, ...rest }) => audit(rule, { ...rest, props: inputs }));
    expect((await Promise.all(reports)).flat()).toEqual([]);
  });
});
