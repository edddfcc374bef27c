import { mkdtemp, symlink, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import Docker from "dockerode";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { stringify } from "yaml";
import { obtainControlPlanePrograms } from "../../embedded/cluster/control-plane/programs.ts";
import { kubectl as run } from "../../embedded/cluster/control-plane/kubectl.ts";
import { obtainImages } from "../../embedded/images/index.ts";
import { keelsonHome } from "../../embedded/parts/home.ts";
import { CloudNativePg } from "../support/cloud-native-pg.ts";
import { kubeconfigPath, loadImages } from "../support/cluster.ts";
import { LiveStack } from "../support/live-stack.ts";

const NAME = "test-operators";
const REPOSITORY = fileURLToPath(new URL("../..", import.meta.url));
const SERVICE = `app.kubernetes.io/name=postgres,app.kubernetes.io/instance=${NAME}`;
const PATIENCE = { timeout: 180_000, interval: 1000 };

/** A replicated server and a job that uses it, in a namespace of their own. */
class OperatorStack extends LiveStack {
  static async open(settings: Record<string, unknown>): Promise<OperatorStack> {
    const folder = await mkdtemp(path.join(os.tmpdir(), `${NAME}-`));
    const project = {
      name: NAME,
      main: "program/test/fixtures/operators/program.ts",
      stackConfigDir: ".",
      runtime: { name: "nodejs", options: { typescript: false } },
    };
    await writeFile(path.join(folder, "Pulumi.yaml"), stringify(project));
    await symlink(REPOSITORY, path.join(folder, "program"));
    const stack = new OperatorStack(NAME, folder, settings);
    await stack.prepare();
    return stack;
  }

  async clear(): Promise<void> {
    await kubectl("delete", "namespace", NAME, "--ignore-not-found");
  }
}

let programs: Awaited<ReturnType<typeof obtainControlPlanePrograms>>;
let operator: CloudNativePg | undefined;
let stack: OperatorStack | undefined;

beforeAll(async () => {
  const home = keelsonHome();
  programs = await obtainControlPlanePrograms({ home, environment: process.env, progress: console.log });
  const obtained = await obtainImages(["postgres", "reference-app"], {
    docker: new Docker(),
    report: console.log,
  });
  const images = [obtained.postgres.reference, obtained["reference-app"].reference] as const;
  await loadImages(images);
  operator = await CloudNativePg.start(NAME);
  stack = await OperatorStack.open({
    "test:name": NAME,
    "test:kubeconfig": kubeconfigPath(),
    "test:postgres": images[0],
    "test:application": images[1],
    "test:round": 1,
  });
});
afterAll(async () => {
  await stack?.close();
  await operator?.stop();
});

const kubectl = (...args: readonly string[]) => run({ home: keelsonHome() }, programs, args);
const read = async (kind: string, ...args: readonly string[]) =>
  JSON.parse(await kubectl("get", kind, `--namespace=${NAME}`, "--output=json", ...args));
const cluster = () => read("clusters.postgresql.cnpg.io", "postgres");
const instances = async () =>
  (await read("pods", `--selector=${SERVICE},cnpg.io/podRole=instance`)).items as {
    metadata: { name: string; uid: string };
    status: { conditions: { type: string; status: string }[] };
  }[];
const ready = async () =>
  (await instances()).filter(({ status: { conditions } }) =>
    conditions.some(({ type, status }) => type === "Ready" && status === "True"),
  );

/** What a stack's update printed; where it failed, what the operator wrote as well. */
async function up(): Promise<string> {
  const { status, output } = await stack!.keelson("up");
  if (status !== 0) throw new Error(`"keelson up" failed:\n${output}\n${await operator!.log()}`);
  return output;
}

describe("PostgreSQL in three copies, by the real CloudNativePG on a real node", () => {
  it("[A2, A7] is up with three instances, and clients that check its certificate reach it by the service's name", async () => {
    // The job that makes the database checks authority and host name; the migrations connect as the application does.
    expect(await up()).toMatch(/Job test-operators-migrations created/);
    expect(await ready()).toHaveLength(3);
    expect((await cluster()).status.phase).toBe("Cluster in healthy state");
  });

  it("[G7] runs within the restricted Pod Security Standard, with nothing for the namespace to warn about", async () => {
    const { metadata } = JSON.parse(await kubectl("get", "namespace", NAME, "--output=json"));
    expect(metadata.labels).toMatchObject({ "pod-security.kubernetes.io/enforce": "restricted" });
    const { items } = await read("events", "--field-selector=reason=FailedCreate");
    expect(items).toEqual([]);
  });

  it("[G5] bears the labels that policies select by, and is reached by nothing but its name", async () => {
    expect((await instances()).map(({ metadata }) => metadata.name).toSorted()).toEqual([
      "postgres-1",
      "postgres-2",
      "postgres-3",
    ]);
    const services = await read("services", `--selector=${SERVICE}`);
    const names = services.items.map(({ metadata }: { metadata: { name: string } }) => metadata.name);
    // The second is the operator's own, and can't be left out.
    expect(names.toSorted()).toEqual(["postgres", "postgres-rw"]);
  });

  it("[G1] changes nothing when it is brought up again", async () => {
    expect(await stack!.done("preview", "--", "--expect-no-changes")).toMatch(/\d+ unchanged/);
  });

  it("[G6] loses no data with the copy that is written to: another takes its place under the same name", async () => {
    const { currentPrimary } = (await cluster()).status;
    await kubectl("delete", "pod", currentPrimary, `--namespace=${NAME}`, "--force", "--grace-period=0");
    await vi.waitUntil(async () => {
      const { status } = await cluster();
      return status.currentPrimary !== currentPrimary && status.phase === "Cluster in healthy state";
    }, PATIENCE);
    await vi.waitUntil(async () => (await ready()).length === 3, PATIENCE);
    await stack!.set({ "test:round": 2 });
    const output = await up();
    expect(output).toMatch(/Job test-operators-migrations/);
    const { items } = await read("pods", "--selector=app.kubernetes.io/name=migrations");
    const log = await kubectl("logs", items[0].metadata.name, `--namespace=${NAME}`);
    // The first round made the tables, and the second finds them.
    expect(log).toContain("the database is at revision");
    expect(log).not.toContain("running upgrade");
  });

  it("leaves nothing behind", async () => {
    await stack!.done("down", "--delete-data", "--yes");
    expect(await kubectl("get", "namespace", NAME, "--ignore-not-found")).toBe("");
  });
});
