import { expect, test } from "vitest";
import { kindOf } from "../../../cli/targets/index.ts";
import { targets } from "../../../stacks/targets.ts";

const stack = (target: string) => ({ target, file: "stacks/Pulumi.box.yaml" }) as never;

const TITLES: Readonly<Record<keyof typeof targets, string>> = {
  docker: "Docker",
  kubernetes: "Kubernetes",
  eks: "Amazon EKS",
  gke: "Google Kubernetes Engine",
  aks: "Azure Kubernetes Service",
};

test.each(Object.entries(TITLES))("a stack on %s is looked after as %s", async (target, title) => {
  expect(await kindOf(stack(target))).toMatchObject({ title });
});

test.each(["dokcer", "toString"])("%s is no target, and those that there are are named", async (target) => {
  await expect(kindOf(stack(target))).rejects.toMatchObject({
    message: `keelson:target is "${target}" in stacks/Pulumi.box.yaml, which is no target`,
    remedy: `set it to one of: ${Object.keys(targets).join(", ")}`,
  });
});
