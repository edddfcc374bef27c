import * as pulumi from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import { type Endpoint, type Grant, Reference } from "../../../../components/model/reference.ts";
import type { Workload } from "../../../../components/model/workload.ts";
import { Kubernetes } from "../../../../components/targets/kubernetes/kubernetes.ts";
import { NetworkPolicies } from "../../../../components/targets/kubernetes/network.ts";
import type { Scope } from "../../../../components/targets/kubernetes/scope.ts";
import { deploy, type Registration } from "../../../support/engine.ts";

const plain: Workload = {
  image: "web:1",
  command: ["serve"],
  ports: { http: { number: 8000, protocol: "http" } },
  probes: { readiness: { check: { kind: "tcp", port: "http" } } },
  resources: { cpuRequest: 0.1, cpuLimit: 0.5, memoryRequestMiB: 64, memoryLimitMiB: 128 },
  user: { uid: 1000, gid: 1000 },
};
const cluster = { nodes: [{ cpus: 4, memoryGiB: 16, count: 1 }] };
const POLICY = "kubernetes:networking.k8s.io/v1:NetworkPolicy";

/** The policies of a program that uses a namespace's, by name. */
async function policies(use: (network: NetworkPolicies, parent: pulumi.Resource) => void, entry?: string) {
  const all = await deploy(() => {
    const parent = new pulumi.ComponentResource("test:index:Target", "t");
    const scope: Scope = {
      prefix: "t",
      namespace: pulumi.output("space"),
      cluster: {
        ...cluster,
        ...(entry && { entry: { kind: "gateway", class: "any", namespace: entry } }),
      },
      options: (options) => ({ parent, ...options }),
    };
    use(new NetworkPolicies(scope), parent);
  });
  return byName(all);
}

const byName = (all: readonly Registration[]): Record<string, any> =>
  Object.fromEntries(
    all.filter(({ type }) => type === POLICY).map(({ inputs }) => [inputs["metadata"].name, inputs["spec"]]),
  );

const pods = (name: string) => ({
  matchLabels: { "app.kubernetes.io/name": name, "app.kubernetes.io/instance": "t" },
});
const server: Endpoint = {
  host: "db-rw",
  ports: { sql: { number: 5432 }, stats: { number: 8125, protocol: "udp" } },
  ready: [],
};
const every = (endpoint: Endpoint): Grant[] =>
  Object.keys(endpoint.ports).map((port) => ({ endpoint, port }));

describe("the network of a namespace", () => {
  it("[G5] is closed both ways, but for the look-up of names", async () => {
    expect(await policies(() => {})).toEqual({
      "deny-all": { podSelector: {}, policyTypes: ["Ingress", "Egress"] },
      "allow-dns": {
        podSelector: {},
        policyTypes: ["Egress"],
        egress: [
          {
            to: [{ namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "kube-system" } } }],
            ports: [
              { port: 53, protocol: "UDP" },
              { port: 53, protocol: "TCP" },
            ],
          },
        ],
      },
    });
  });

  it("[G5] opens both ends of a reference: the pods behind the host name, the port and its transport", async () => {
    const made = await policies((network, parent) => {
      network.own("db-rw", "db");
      network.own("db-ro", "db");
      network.open(
        "web",
        [...every(server), { endpoint: { ...server, host: "db-ro" }, port: "sql" }],
        parent,
      );
    });
    const ports = [
      { port: 5432, protocol: "TCP" },
      { port: 8125, protocol: "UDP" },
    ];
    expect(made).toMatchObject({
      "web.egress": {
        podSelector: pods("web"),
        policyTypes: ["Egress"],
        egress: [{ to: [{ podSelector: pods("db") }], ports }],
      },
      "db.from.web": {
        podSelector: pods("db"),
        policyTypes: ["Ingress"],
        ingress: [{ from: [{ podSelector: pods("web") }], ports }],
      },
    });
    expect(Object.keys(made), "one way out for a client, one way in for each pair").toHaveLength(4);
  });

  it.each([
    ["https://api.example.com", 443, "0.0.0.0/0", "::/0"],
    ["http://192.0.2.7:9000", 9000, "192.0.2.7/32", undefined],
    ["http://[2001:db8::7]:9000", 9000, "2001:db8::7/128", undefined],
  ])("[G5] lets the holder of a reference to %s out by its port", async (url, port, first, second) => {
    const made = await policies((network, parent) => {
      network.open("web", Reference.outside(url).grants, parent);
    });
    const [{ to, ports }] = made["web.egress"].egress;
    expect(ports).toEqual([{ port, protocol: "TCP" }]);
    expect(to.map(({ ipBlock }: { ipBlock: { cidr: string } }) => ipBlock.cidr)).toEqual(
      [first, second].filter(Boolean),
    );
  });

  it("[G5] lets nobody out to where a cloud hands out the credentials of its machines", async () => {
    const made = await policies((network, parent) => {
      network.open("web", Reference.outside("http://api.example.com").grants, parent);
    });
    const [{ to }] = made["web.egress"].egress;
    expect(to).toEqual([
      { ipBlock: { cidr: "0.0.0.0/0", except: ["169.254.0.0/16", "168.63.129.16/32"] } },
      { ipBlock: { cidr: "::/0", except: ["fe80::/10", "fd00:ec2::254/128", "fd20:ce::254/128"] } },
    ]);
  });

  it("[G5] is entered from the entry's namespace, by the ports that are exposed", async () => {
    const made = await policies((network, parent) => {
      network.own("db-rw", "db");
      const outside = Reference.outside("http://api.example.com").grants;
      network.openToEntry("gateway", [{ endpoint: server, port: "sql" }, ...outside], parent);
    }, "edge");
    expect(Object.keys(made)).toEqual(["allow-dns", "db.from.gateway", "deny-all"]);
    expect(made["db.from.gateway"]).toEqual({
      podSelector: pods("db"),
      policyTypes: ["Ingress"],
      ingress: [
        {
          from: [{ namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "edge" } } }],
          ports: [{ port: 5432, protocol: "TCP" }],
        },
      ],
    });
  });

  it("lets copies open the ports that they have, and none where they have none", async () => {
    const made = await policies((network, parent) => {
      network.openToPeers("db", [{ number: 5432 }, { number: 8008 }], parent);
      network.openToPeers("mute", [], parent);
    });
    const both = [5432, 8008].map((port) => ({
      peers: [{ podSelector: pods("db") }],
      ports: [{ port, protocol: "TCP" }],
    }));
    expect(made["db.peers"]).toMatchObject({
      ingress: both.map(({ peers: from, ports }) => ({ from, ports })),
      egress: both.map(({ peers: to, ports }) => ({ to, ports })),
    });
    expect(made["mute.peers"]).toMatchObject({ ingress: [], egress: [] });
  });

  it("does not lead to another target", async () => {
    const attempt = policies((network, parent) => void network.open("web", every(server), parent));
    await expect(attempt).rejects.toThrow('"db-rw" runs on another target, and is not reached from "t"');
  });
});

describe("a pod on Kubernetes", () => {
  it("comes after the policies that close its namespace and open what it refers to", async () => {
    const all = await deploy(() => {
      const target = new Kubernetes("t", { cluster });
      const db = target.run("db", () => plain, { parent: target });
      const env = { API: Reference.to(db, "http") };
      target.run("web", () => ({ ...plain, env }), { parent: target });
      target.complete("job", { ...plain }, { parent: target });
    });
    const awaited = (name: string, type: string) => {
      const { dependencies } = all.find(
        (each) => each.name === `t-${name}` && each.type.endsWith(`:${type}`),
      )!;
      const names = dependencies.flatMap((urn) =>
        urn.includes(`${POLICY}::`) ? urn.split("::").at(-1)! : [],
      );
      return names.toSorted();
    };
    const closed = ["t-allow-dns", "t-deny-all"];
    expect(awaited("db", "Deployment")).toEqual(closed);
    expect(awaited("job", "Job")).toEqual(closed);
    expect(awaited("web", "Deployment")).toEqual([...closed, "t-db.from.web", "t-web.egress"].toSorted());
  });
});
