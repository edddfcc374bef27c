import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { referenceTo } from "../../embedded/plugins/kubernetes/api/object.ts";
import { awaitReady, checkReady } from "../../embedded/plugins/kubernetes/await/index.ts";
import { awaiting, client, container, lasting, Place, refusalOf, remove } from "./await-place.ts";

const place = new Place("await-failures");

beforeAll(() => place.open());
afterAll(() => place.close());

/** A program that ends at once is ready for a moment if nothing asks whether it is. */
const never = { exec: { command: ["false"] } };

describe("what doesn't become ready, and why", () => {
  test("a job that fails: its pod's exit code, its last lines and the reason, long before the time is up", async () => {
    const since = performance.now();
    const error = await refusalOf(await place.job("broken", "echo 'no such table: users' >&2; exit 3"), 240);
    expect(performance.now() - since).toBeLessThan(60_000);
    expect(error.message).toBe("Resource 'broken' was created but failed to initialize");
    expect(error.reasons).toEqual([
      expect.stringMatching(
        /^\[Pod await-failures\/broken-\w+\]: container "main" completed with exit code 3$/,
      ),
      "[BackoffLimitExceeded] Job has reached the specified backoff limit",
      expect.stringMatching(
        /^last log lines of container "main" in Pod await-failures\/broken-\w+:\n    no such table: users$/,
      ),
    ]);
  });

  test("a job that takes too long", async () => {
    const error = await refusalOf(await place.job("endless", lasting, { activeDeadlineSeconds: 1 }), 240);
    expect(error.reasons).toContain("[DeadlineExceeded] Job was active longer than specified deadline");
  });

  test.concurrent.each([
    [
      "an image that isn't there",
      { containers: [{ name: "main", image: "example.com/absent:1", imagePullPolicy: "Never" }] },
      /\[ErrImageNeverPull\] Container image "example.com\/absent:1" is not present with pull policy of Never/,
    ],
    [
      "an image that can't be pulled",
      { containers: [{ name: "main", image: "registry.invalid/absent:1" }] },
      /\[(ErrImagePull|ImagePullBackOff)\] .*registry\.invalid\/absent:1/,
    ],
    [
      "a pod that fits no node",
      { containers: [container(lasting, { resources: { requests: { cpu: "64" } } })] },
      /\[Unschedulable\] 0\/\d+ nodes are available: .*Insufficient cpu/,
    ],
    [
      "a secret that isn't there",
      { containers: [container(lasting, { envFrom: [{ secretRef: { name: "absent" } }] })] },
      /\[CreateContainerConfigError\] secret "absent" not found/,
    ],
    [
      "a volume that can't be mounted",
      {
        containers: [container(lasting, { volumeMounts: [{ name: "files", mountPath: "/files" }] })],
        volumes: [{ name: "files", secret: { secretName: "absent" } }],
      },
      /^\[Pod await-failures\/.*\]: FailedMount: .*secret "absent" not found/,
    ],
    [
      "a probe that fails",
      {
        containers: [
          container(lasting, { readinessProbe: { exec: { command: ["cat", "/absent"] }, periodSeconds: 1 } }),
        ],
      },
      /^\[Pod await-failures\/.*\]: Unhealthy: Readiness probe failed: cat: can't open '\/absent'/,
    ],
    [
      "a program that ends again and again",
      { containers: [container("echo 'port in use'; exit 7", { readinessProbe: never })] },
      /^last log lines of container "main" in Pod await-failures\/.*:\n    port in use$/,
    ],
    [
      "a program that ends again and again",
      { containers: [container("exit 7", { readinessProbe: never })] },
      /\[CrashLoopBackOff\].* exit code 7\)/,
    ],
  ])("a deployment with %s", async (_, pod, words) => {
    const live = await place.deployment(`stuck-${words.source.length}`, [], { pod });
    const error = await refusalOf(live, 8);
    expect(error.message).toBe(`'${live.metadata.name}' timed out waiting to be Ready`);
    expect(error.reasons).toContainEqual(expect.stringMatching(words));
    await expect(checkReady(awaiting(error.live, 8))).rejects.toMatchObject({
      reasons: expect.arrayContaining([expect.stringMatching(words)]),
    });
    await remove(error.live);
  });

  test("a deployment whose pods quota refuses", async () => {
    const quota = await place.make("v1", "ResourceQuota", "none", {
      spec: { hard: { "count/deployments.apps": "100", "requests.cpu": "1m" } },
    });
    await awaitReady(awaiting(quota, 30));
    const live = await place.deployment("refused", [
      container(lasting, { resources: { requests: { cpu: "10m" } } }),
    ]);
    const error = await refusalOf(live, 4);
    await client.delete(referenceTo(quota), "Background");
    expect(error.reasons).toContainEqual(
      expect.stringMatching(/forbidden: exceeded quota: none, requested: requests.cpu=10m/),
    );
    await remove(live);
  });

  test("a user who cancels doesn't wait any longer", async () => {
    const canceling = new AbortController();
    const live = await place.deployment("canceled", [
      { name: "main", image: "example.com/absent:1", imagePullPolicy: "Never" },
    ]);
    const wait = awaitReady({ ...awaiting(live, 240), signal: canceling.signal }).catch(
      (thrown: unknown) => thrown,
    );
    setTimeout(() => canceling.abort(), 1000);
    const since = performance.now();
    expect(await wait).toMatchObject({
      message: 'Resource operation was cancelled for "canceled"',
      live: { kind: "Deployment" },
    });
    expect(performance.now() - since).toBeLessThan(1500);
    await remove(live);
  });
});
