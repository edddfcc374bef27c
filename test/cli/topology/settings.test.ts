import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { Mendable } from "../../../cli/mendable.ts";
import { openStack } from "../../../cli/stack.ts";
import { topologyOf } from "../../../cli/topology/topology-of.ts";
import type { Topology } from "../../../cli/topology/topology.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

const project = readFileSync(new URL("../../../Pulumi.yaml", import.meta.url), "utf8");

/** The facts of a stack with these settings. */
async function topologyWith(config: object): Promise<Topology> {
  const folder = temporaryFolder({
    "Pulumi.yaml": project,
    "stacks/Pulumi.mine.yaml": JSON.stringify({ config }),
  });
  return topologyOf(await openStack("mine", folder));
}

const refusal = async (config: object): Promise<Mendable> =>
  topologyWith(config).then(
    () => expect.unreachable("it was taken"),
    (error: unknown) => {
      expect(error).toBeInstanceOf(Mendable);
      return error as Mendable;
    },
  );

const docker = (platform: string, more: object = {}) => ({
  "keelson:platform": platform,
  "keelson:target": "docker",
  ...more,
});

describe("secrets", () => {
  it("[G3] are taken as they are, encrypted, and none of it is shown", async () => {
    const topology = await topologyWith(
      docker("acceleration", {
        "keelson:acceleration": { modelKeys: { openai: { secure: "v1:cipher:text" } } },
        "keelson:docker": { machine: { cpus: 8, memoryGiB: 16, storageGiB: 500 } },
      }),
    );
    expect(topology.workloads.flatMap(({ secrets }) => secrets)).toContain("OPENAI_API_KEY");
    const shown = JSON.stringify(topology);
    for (const text of ["cipher", "Encrypted-In", "generated"]) expect(shown).not.toContain(text);
  });

  it("may have any form that a setting asks for: a password, a key in hexadecimal, a private key", async () => {
    const secure = { secure: "v1:cipher:text" };
    const semantik = await topologyWith(
      docker("semantik", {
        "keelson:semantik": { jwtSecretKey: secure },
      }),
    );
    expect(semantik.workloads.length).toBeGreaterThan(5);
    const kubernetes = await topologyWith({
      "keelson:platform": "melvin",
      "keelson:target": "kubernetes",
      "keelson:host": "melvin.example.com",
      "keelson:kubernetes": {
        nodes: [{ cpus: 3.9, memoryGiB: 14, count: 3 }],
        tls: { kind: "certificate", certificate: "-----BEGIN CERTIFICATE-----\nMII\n", key: secure },
      },
    });
    expect(kubernetes.url).toBe("https://melvin.example.com");
  });

  it("that only whoever brings the stack up can set may still be missing", async () => {
    const { workloads } = await topologyWith(docker("orchestration"));
    expect(workloads.flatMap(({ secrets }) => secrets)).toContain("OPENAI_API_KEY");
  });
});

describe("what is refused", () => {
  it("names every mistaken setting, and the file to mend", async () => {
    const { message, remedy } = await refusal(
      docker("acceleration", { "keelson:acceleration": { databaseCopies: 0, wrong: true } }),
    );
    expect(message).toContain(
      "keelson:acceleration.databaseCopies is 0; it takes a whole number from 1 to 9",
    );
    expect(message).toContain("keelson:acceleration.wrong is no setting");
    expect(remedy).toMatch(/mend .*Pulumi\.mine\.yaml/);
  });

  it("names the platforms that there are when there is no such", async () => {
    const { message, remedy } = await refusal(docker("accelerator"));
    expect(message).toBe('"accelerator" is no platform');
    expect(remedy).toContain("acceleration, melvin");
  });

  it("is a stack of another program, which can't be known here", async () => {
    const { message, remedy } = await refusal({ "aws:region": "eu-central-1" });
    expect(message).toMatch(/Pulumi\.mine\.yaml does not say keelson:platform$/);
    expect(remedy).toContain("only stacks of keelson's own platforms can be read");
  });

  it("[G8] shows the sums when it does not fit the machine", async () => {
    const { message } = await refusal(
      docker("acceleration", { "keelson:docker": { machine: { cpus: 1, memoryGiB: 16, storageGiB: 500 } } }),
    );
    expect(message).toContain("does not fit the host");
    expect(message).toContain("0.85 can be");
  });

  it("says which encrypted setting decides what is made, and can't stand in for it", async () => {
    const { message } = await refusal(docker("acceleration", { "keelson:docker": { secure: "v1:a:b" } }));
    expect(message).toContain("keelson:docker is [secret]");
  });
});
