import { expect, it } from "vitest";
import { rules } from "../../policies/rules/index.ts";
import { deploy as deployStack } from "../../stacks/deploy.ts";
import { audit } from "../support/audit.ts";
import { deploy } from "../support/engine.ts";

it("[G11] every rule accepts everything that acceleration-docker registers", async () => {
  const registered = await deploy(() =>
    deployStack({
      values: { "keelson:platform": "acceleration", "keelson:target": "docker" },
      secrets: new Set(),
    }),
  );
  expect(registered.length).toBeGreaterThan(50);
  const reports = registered.flatMap(({ inputs, ...rest }) =>
    rules.map((rule) => audit(rule, { ...rest, props: inputs })),
  );
  expect((await Promise.all(reports)).flat()).toEqual([]);
});
