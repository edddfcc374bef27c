import { expect, it } from "vitest";
import { deploy as stack } from "../../stacks/deploy.ts";
import { deploy, SECRET, secretsOf } from "../support/engine.ts";
import { stackWith } from "../support/stack-file.ts";

const KUBECONFIG = "apiVersion: v1\nkind: Config\nclusters: []\n";

it("[G18] [G3] a platform on the cluster of another stack has that stack's kubeconfig, as a secret", async () => {
  const changes = { "keelson:kubernetes": { clusterStack: "example/clusters/shared" } };
  const all = await deploy(() => stack(stackWith("skills-kubernetes", changes, [])), {
    outputs: { "pulumi:pulumi:StackReference": () => ({ outputs: { kubeconfig: KUBECONFIG } }) },
  });
  const provider = all.find(({ type }) => type === "pulumi:providers:kubernetes")!;
  expect(provider.inputs["kubeconfig"]).toBe(SECRET);
  expect(secretsOf(provider).join()).toContain("kind: Config");
});
