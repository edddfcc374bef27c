import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Reference } from "../../../components/model/reference.ts";
import { MONGODB_RESOURCES, mongodbRecipe } from "../../../components/services/mongodb.ts";

const plain = {
  image: "mongo:8.0.29",
  resources: MONGODB_RESOURCES,
  storageGiB: 20,
  admin: Reference.hidden("admin-password"),
};

/** What follows an option on the server's command line. */
const option = ({ command }: { readonly command: readonly string[] }, name: string) =>
  command[command.indexOf(name) + 1];

describe("the MongoDB server", () => {
  it("gives its storage engine 40 % of the memory limit, and never less than it takes", () => {
    fc.assert(
      fc.property(fc.integer({ min: 128, max: 65536 }), (memoryLimitMiB) => {
        const resources = { ...MONGODB_RESOURCES, memoryLimitMiB };
        const cache = Number(option(mongodbRecipe({ ...plain, resources }), "--wiredTigerCacheSizeGB"));
        expect(cache).toBeCloseTo(Math.max((0.4 * memoryLimitMiB) / 1024, 0.25), 1);
        expect(cache).toBeGreaterThanOrEqual(0.25);
      }),
    );
  });

  it("[G3] asks everyone for a password, and reads the administrator's from a file", () => {
    const { env, files, command } = mongodbRecipe(plain);
    expect(command).toContain("--auth");
    expect(env).toMatchObject({ MONGO_INITDB_ROOT_PASSWORD_FILE: "/run/keelson/admin-password" });
    expect(files!["admin-password"]).toBe(plain.admin);
    expect(Object.values(env!).some((value) => value instanceof Reference)).toBe(false);
  });

  it("[G7] writes to its data and to scratch folders only, every volume of the image among them", () => {
    const { volumes, scratch, user, writableRoot } = mongodbRecipe(plain);
    expect(volumes).toEqual({ data: { path: "/data/db", sizeGiB: 20 } });
    expect(scratch).toEqual(["/tmp", "/data/configdb"]);
    expect(user).toEqual({ uid: 999, gid: 999 });
    expect(writableRoot).toBeUndefined();
  });

  it("is asked seldom and over the network whether it is ready, without a password", () => {
    const { readiness, liveness } = mongodbRecipe(plain).probes;
    expect(readiness.periodSeconds).toBeGreaterThanOrEqual(15);
    expect(readiness.check).toMatchObject({
      command: ["bash", "-c", expect.stringMatching(/--host "\$HOSTNAME" .*db\.adminCommand\("ping"\)\.ok/)],
    });
    expect(JSON.stringify(readiness)).not.toMatch(/password|mongodb:\/\//);
    expect(liveness?.check).toEqual({ kind: "tcp", port: "mongodb" });
  });

  it("limits its connections to what its need of the kernel says, and has a minute to stop", () => {
    const workload = mongodbRecipe(plain);
    const connections = Number(option(workload, "--maxConns"));
    expect(workload.kernel?.["vm.max_map_count"]?.atLeast).toBe(2 * connections);
    expect(workload.stopSeconds).toBe(60);
  });
});
