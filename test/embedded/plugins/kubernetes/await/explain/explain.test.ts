import { expect, test } from "vitest";
import { explain } from "../../../../../../embedded/plugins/kubernetes/await/explain/explain.ts";
import { ruleOf } from "../../../../../../embedded/plugins/kubernetes/await/rules.ts";
import type { KubernetesObject } from "../../../../../../embedded/plugins/kubernetes/api/object.ts";
import { condition, deployment, object, pod, replicaSet, running, situation, warning } from "../objects.ts";

const web = deployment();
const replicas = replicaSet(web);

/** What is said of a deployment with the pods and events. */
function told(
  pods: readonly KubernetesObject[],
  events: readonly KubernetesObject[] = [],
): readonly string[] {
  const rule = ruleOf(web);
  return rule ? explain(rule, situation(web, { replicasets: [replicas], pods, events })) : [];
}

const ends = (exitCode: number, more: object = {}) => ({
  terminated: { exitCode, reason: "Error", finishedAt: "2026-11-21T08:01:52Z", ...more },
});

test.each([
  [
    "an image that isn't there",
    running({
      waiting: { reason: "ImagePullBackOff", message: 'Back-off pulling image "local/absent:1": not found' },
    }),
    'containers with unready status: [web] [ImagePullBackOff] Back-off pulling image "local/absent:1": not found',
  ],
  [
    "an image that may not be pulled",
    running({
      waiting: {
        reason: "ErrImageNeverPull",
        message: 'Container image "local/absent:1" is not present with pull policy of Never',
      },
    }),
    'containers with unready status: [web] [ErrImageNeverPull] Container image "local/absent:1" is not present with pull policy of Never',
  ],
  [
    "a container that crashes again and again",
    running(
      { waiting: { reason: "CrashLoopBackOff", message: "back-off 10s restarting failed container=web" } },
      { lastState: ends(137, { reason: "OOMKilled" }) },
    ),
    'containers with unready status: [web] [CrashLoopBackOff] back-off 10s restarting failed container=web container "web" terminated at 2026-11-21T08:01:52Z (OOMKilled: exit code 137)',
  ],
  [
    "a container that ended",
    { ...running(ends(3)), phase: "Failed" },
    'containers with unready status: [web] container "web" completed with exit code 3',
  ],
  [
    "a secret that isn't there",
    running({ waiting: { reason: "CreateContainerConfigError", message: 'secret "web" not found' } }),
    'containers with unready status: [web] [CreateContainerConfigError] secret "web" not found',
  ],
  [
    "a pod that fits no node",
    {
      phase: "Pending",
      conditions: [
        condition(
          "PodScheduled",
          "False",
          "Unschedulable",
          "0/1 nodes are available: 1 Insufficient memory.",
        ),
      ],
    },
    "[Unschedulable] 0/1 nodes are available: 1 Insufficient memory.",
  ],
  [
    "an evicted pod",
    { conditions: [], phase: "Failed", reason: "Evicted", message: "The node was low on resource: memory." },
    "[Evicted] The node was low on resource: memory.",
  ],
])("%s is told with the words of the cluster", (_, status, words) => {
  expect(told([pod(replicas, "web-a", status)])).toEqual([`[Pod shop/web-a]: ${words}`]);
});

test("an init container that fails is told of, too", () => {
  const status = {
    conditions: [
      condition("PodScheduled", "True"),
      condition(
        "Initialized",
        "False",
        "ContainersNotInitialized",
        "containers with incomplete status: [wait]",
      ),
    ],
    initContainerStatuses: [{ name: "wait", ready: false, state: ends(1) }],
    containerStatuses: [{ name: "web", ready: false, state: { waiting: { reason: "PodInitializing" } } }],
  };
  expect(told([pod(replicas, "web-a", status)])).toEqual([
    '[Pod shop/web-a]: containers with incomplete status: [wait] container "wait" completed with exit code 1',
  ]);
});

test("a probe that fails is told by its event, with how often it did", () => {
  const slow = pod(replicas, "web-a", running({ running: {} }));
  const message = "Readiness probe failed: dial tcp 10.244.200.7:7000: connect: connection refused";
  expect(told([slow], [warning(slow, "Unhealthy", message, { count: 12 })])).toContain(
    `[Pod shop/web-a]: Unhealthy: ${message} (12 times)`,
  );
});

test("a volume that can't be mounted or provided is told by the events of the pod and of its claim", () => {
  const starting = {
    ...pod(replicas, "web-a", { conditions: [condition("PodScheduled", "True")] }),
    spec: { volumes: [{ name: "data", persistentVolumeClaim: { claimName: "data-web" } }] },
  };
  const claim = object("v1", "PersistentVolumeClaim", { metadata: { name: "data-web" } });
  const events = [
    warning(starting, "FailedMount", 'MountVolume.SetUp failed for volume "files": secret "web" not found'),
    warning(claim, "ProvisioningFailed", "no disk left"),
  ];
  expect(told([starting], events)).toEqual([
    '[Pod shop/web-a]: FailedMount: MountVolume.SetUp failed for volume "files": secret "web" not found',
    "[PersistentVolumeClaim shop/data-web]: ProvisioningFailed: no disk left",
  ]);
});

test("pods that quota or admission refuse are told by the events of their ReplicaSet", () => {
  const message = 'Error creating: pods "web-x" is forbidden: violates PodSecurity "restricted:latest"';
  expect(told([], [warning(replicas, "FailedCreate", message)])).toEqual([
    `[ReplicaSet shop/web-of-1]: FailedCreate: ${message}`,
  ]);
});

test("what the state of a container says is not said again by an event", () => {
  const message = "pull access denied for local/absent";
  const absent = pod(replicas, "web-a", running({ waiting: { reason: "ErrImagePull", message } }));
  const events = [
    warning(absent, "Failed", `Failed to pull image "local/absent:1": ${message}`),
    warning(absent, "Failed", "Error: ErrImagePull"),
    warning(absent, "BackOff", 'Back-off pulling image "local/absent:1"'),
  ];
  expect(told([absent], events)).toHaveLength(1);
});

test("what the status of the object says is not said again by an event", () => {
  const message = "Job has reached the specified backoff limit";
  const job = object("batch/v1", "Job");
  const rule = ruleOf(job);
  const events = [warning(job, "BackoffLimitExceeded", message)];
  const said = [`[BackoffLimitExceeded] ${message}`];
  expect(rule && explain(rule, situation(job, { events }), said)).toEqual([]);
});

test("of many pods with the same trouble three are told of, of many events the newest three", () => {
  const pods = ["a", "b", "c", "d", "e"].map((name) => pod(replicas, name, running({ running: {} })));
  expect(told(pods)).toHaveLength(3);
  const events = [5, 4, 3, 2, 1].map((minute) =>
    warning(replicas, "FailedCreate", `refusal ${minute}`, { lastTimestamp: `2026-11-21T08:0${minute}:00Z` }),
  );
  expect(told([], events).map((line) => line.at(-1))).toEqual(["3", "4", "5"]);
});

test("events of an earlier object of the same name are not told", () => {
  const earlier = { ...replicas, metadata: { ...replicas.metadata, uid: "uid-of-an-earlier-one" } };
  expect(told([], [warning(earlier, "FailedCreate", "long ago")])).toEqual([]);
});

test("of a pod that is ready, or on its way, nothing is told", () => {
  const pods = [
    pod(replicas, "ready", { phase: "Running", conditions: [condition("Ready", "True")] }),
    pod(replicas, "starting", {
      conditions: [condition("PodScheduled", "True")],
      containerStatuses: [{ name: "web", ready: false, state: { waiting: { reason: "ContainerCreating" } } }],
    }),
  ];
  expect(told(pods)).toEqual([]);
});

test("what a pod is made of is never told: its variables and arguments stay where they are", () => {
  const secretive = {
    ...pod(replicas, "web-a", running(ends(1))),
    spec: {
      containers: [{ name: "web", args: ["--token=t0ken"], env: [{ name: "PASSWORD", value: "s3cret" }] }],
    },
  };
  expect(told([secretive]).join("\n")).not.toMatch(/t0ken|s3cret|PASSWORD/);
});
