import { describe, expect, it } from "vitest";
import type { Engine } from "../../../../cli/engine.ts";
import { cloudPlace } from "../../../../cli/targets/clouds/place.ts";
import { temporaryFolder } from "../../../support/temporary-folder.ts";
import { chmodSync } from "node:fs";
import path from "node:path";

const place = cloudPlace({
  title: "Amazon EKS",
  program: "aws",
  remedy: "install the AWS CLI",
});

const namespace = {
  urn: "urn:pulumi:s::p::kubernetes:core/v1:Namespace::shop",
  type: "kubernetes:core/v1:Namespace",
  inputs: { apiVersion: "v1", kind: "Namespace", metadata: { name: "shop" } },
};

/** An engine of a stack that has not made its cluster yet, whatever else its commands print. */
function engineWith({ outputs = {}, PATH = "" }: { outputs?: object; PATH?: string } = {}): Engine {
  const answers: Readonly<Record<string, object>> = {
    "stack output": outputs,
    "stack export": { deployment: { resources: [] } },
    "preview --json": { steps: [{ newState: namespace }] },
  };
  return {
    environment: { PATH },
    run: async () => 0,
    read: async (args) => JSON.stringify(answers[args.slice(0, 2).join(" ")]),
  };
}

describe("a cluster that a stack makes for itself", () => {
  it("[G15] runs nothing and has no data before it is there", async () => {
    expect(await place.running(engineWith())).toEqual([]);
    const data = await place.data(engineWith());
    expect([data.expected, await data.present()]).toEqual([[], []]);
  });

  it("[G15] takes the cloud's program for credentials, and says how it is had where it is missing", async () => {
    const [missing, plan] = await place.checkPlan(engineWith());
    expect(missing).toMatchObject({ outcome: "bad", name: "aws", remedy: "install the AWS CLI" });
    expect(plan).toMatchObject({ outcome: "good", detail: "1 objects on a cluster of its own" });
    const folder = temporaryFolder({ aws: "#!/bin/sh\n" });
    chmodSync(path.join(folder, "aws"), 0o755);
    const [found] = await place.checkPlan(engineWith({ PATH: `/nowhere:${folder}` }));
    expect(found).toMatchObject({ outcome: "good", detail: `in ${folder}` });
  });

  it("says what the program should export where its output is something else", async () => {
    const engine = engineWith({ outputs: { cluster: { kubeconfig: 7 } } });
    await expect(place.running(engine)).rejects.toThrow(
      "the stack's output cluster is not what it should be",
    );
  });
});
