import { expect, test } from "vitest";
import { service as rule } from "../../../../../../embedded/plugins/kubernetes/await/kinds/service.ts";
import { object, situation } from "../objects.ts";

const service = (spec: object, status: object = {}) =>
  object("v1", "Service", {
    spec: { type: "ClusterIP", clusterIP: "10.96.0.7", selector: { app: "web" }, ...spec },
    status,
  });

const slice = (...ready: (boolean | "terminating")[]) =>
  object("discovery.k8s.io/v1", "EndpointSlice", {
    metadata: { labels: { "kubernetes.io/service-name": "web" } },
    endpoints: ready.map((each) => ({
      addresses: ["10.244.200.7"],
      conditions: each === "terminating" ? { ready: false, terminating: true } : { ready: each },
    })),
  });

const judge = (...given: Parameters<typeof situation>) => rule.judge(situation(...given));
const settled = 10_000;

test("a Service is ready once its endpoints had ten seconds to settle and all of them are ready", () => {
  const related = { endpointslices: [slice(true, true)] };
  expect(judge(service({}), related, 4000)).toMatchObject({ is: "waiting", againInMilliseconds: 6000 });
  expect(judge(service({}), related, settled)).toEqual({ is: "ready" });
});

test("endpoints that are not ready hold a Service up, those that are on their way out don't", () => {
  expect(judge(service({}), { endpointslices: [slice(true, false)] }, settled)).toMatchObject({
    is: "waiting",
  });
  expect(judge(service({}), { endpointslices: [slice(true, "terminating")] }, settled)).toEqual({
    is: "ready",
  });
});

test("a Service of which no endpoints are known is told to target nothing", () => {
  expect(judge(service({}), {}, settled)).toMatchObject({
    reasons: [expect.stringMatching(/^Service does not target any Pods/)],
  });
});

test.each([
  ["headless", { clusterIP: "None" }],
  ["an external name", { type: "ExternalName", externalName: "db.example.org" }],
  ["without a selector", { selector: {} }],
])("a Service that is %s is ready at once", (_, spec) => {
  expect(judge(service(spec))).toEqual({ is: "ready" });
});

test("a load balancer is ready when it has its address, too", () => {
  const related = { endpointslices: [slice(true)] };
  expect(judge(service({ type: "LoadBalancer" }), related, settled)).toMatchObject({
    status: "[2/3] Attempting to allocate IP address to Service",
    reasons: ["Service was not allocated an IP address; does your cloud provider support this?"],
  });
  const status = { loadBalancer: { ingress: [{ ip: "192.0.2.7" }] } };
  expect(judge(service({ type: "LoadBalancer" }, status), related, settled)).toEqual({ is: "ready" });
});

test("the slices of other Services don't count", () => {
  const other = {
    ...slice(true),
    metadata: { name: "api-x", labels: { "kubernetes.io/service-name": "api" } },
  };
  expect(judge(service({}), { endpointslices: [other] }, settled)).toMatchObject({ is: "waiting" });
});
