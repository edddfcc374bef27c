import { expect, test } from "vitest";
import { ingress as rule } from "../../../../../../embedded/plugins/kubernetes/await/kinds/ingress.ts";
import { object, situation } from "../objects.ts";

const paths = ["web", "api"].map((name) => ({
  path: `/${name}`,
  backend: { service: { name, port: { number: 80 } } },
}));
const ingress = (hosts: object[] = [{ ip: "10.90.0.1" }]) =>
  object("networking.k8s.io/v1", "Ingress", {
    spec: { rules: [{ host: "shop.example.org", http: { paths } }] },
    status: { loadBalancer: { ingress: hosts } },
  });
const slice = (name: string) =>
  object("discovery.k8s.io/v1", "EndpointSlice", {
    metadata: { name: `${name}-x`, labels: { "kubernetes.io/service-name": name } },
  });
const judge = (...given: Parameters<typeof situation>) => rule.judge(situation(...given));

test("an Ingress is ready when it has its address and each Service it leads to has endpoints", () => {
  expect(judge(ingress(), { endpointslices: [slice("web"), slice("api")] })).toEqual({ is: "ready" });
});

test("an external name needs no endpoints", () => {
  const services = [object("v1", "Service", { metadata: { name: "api" }, spec: { type: "ExternalName" } })];
  expect(judge(ingress(), { endpointslices: [slice("web")], services })).toEqual({ is: "ready" });
});

test("a Service without endpoints holds an Ingress up for ten seconds, and for sixty in a namespace that has none at all", () => {
  const related = { endpointslices: [slice("web")] };
  expect(judge(ingress(), related, 9000)).toMatchObject({ is: "waiting", againInMilliseconds: 1000 });
  expect(judge(ingress(), related, 10_000)).toEqual({ is: "ready" });
  expect(judge(ingress(), {}, 59_000)).toMatchObject({ is: "waiting", againInMilliseconds: 1000 });
  expect(judge(ingress(), {}, 60_000)).toEqual({ is: "ready" });
});

test("an Ingress that no controller has told an address for is not ready, however long it takes", () => {
  const related = { endpointslices: [slice("web"), slice("api")] };
  expect(judge(ingress([]), related, 3_600_000)).toMatchObject({
    status: "[2/3] Waiting for update of .status.loadBalancer with hostname/IP",
    reasons: ["Ingress .status.loadBalancer field was not updated with a hostname/IP address."],
  });
});
