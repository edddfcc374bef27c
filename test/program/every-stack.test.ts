import { beforeAll, describe, expect, it } from "vitest";
import { closedNetworks } from "../../policies/rules/closed-networks.ts";
import { resourceRules } from "../../policies/rules/index.ts";
import { deploy as stack } from "../../stacks/deploy.ts";
import { platforms } from "../../stacks/platforms.ts";
import { targets } from "../../stacks/targets.ts";
import { audit, auditStack } from "../support/audit.ts";
import { CLOUDS } from "../support/clouds.ts";
import { deploy, type Registration } from "../support/engine.ts";
import { stackFile, stackNames } from "../support/stack-file.ts";

it("[G1] there is a stack of every platform on every target, and no other", () => {
  const all = Object.keys(platforms).flatMap((platform) =>
    Object.keys(targets).map((target) => `${platform}-${target}`),
  );
  expect(stackNames().toSorted()).toEqual(all.toSorted());
});

describe.each(stackNames())("%s", (name) => {
  let registered: readonly Registration[];
  let outputs: Awaited<ReturnType<typeof stack>>;

  beforeAll(async () => {
    registered = await deploy(
      async () => (outputs = await stack(stackFile(name, { observed: true }))),
      CLOUDS,
    );
  });

  it("[G8] fits the machine or the nodes that it states, and [G15] says where it is well", () => {
    // What does not fit is refused before anything is registered.
    expect(registered.length).toBeGreaterThan(40);
    expect(Object.keys(outputs.health).length).toBeGreaterThan(0);
    for (const address of Object.values(outputs.health)) expect(address).toMatch(/^https?:\/\//);
  });

  it("[G3] has no secret in clear anywhere", () => {
    expect(JSON.stringify(registered)).not.toContain("generated-by-");
  });

  it("[G6] protects every secret that data may have been made with, and every volume", () => {
    const secrets = registered.filter(
      ({ type, name: each }) => /^random:.*:Random(Password|Bytes|Id)$/.test(type) && !each.endsWith("-salt"),
    );
    expect(secrets.length).toBeGreaterThan(0);
    const volumes = registered.filter(({ type }) => /:(Volume|PersistentVolumeClaim)$/.test(type));
    const disposable = ({ inputs }: Registration) => JSON.stringify(inputs).includes("keelson.data");
    const kept = volumes.filter((volume) => !disposable(volume));
    expect(kept.length).toBeGreaterThan(2);
    for (const { protect, name: each } of [...secrets, ...kept]) expect(protect, each).toBe(true);
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
