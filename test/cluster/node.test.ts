import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { addresses } from "../../embedded/cluster/context.ts";
import { ENTRY_ADDRESS } from "../support/cluster.ts";
import { Entry } from "../support/entry.ts";
import { NodeNamespace, scriptPod, serviceFor } from "../support/node-namespace.ts";

let namespace: NodeNamespace;

beforeAll(async () => {
  namespace = await NodeNamespace.open("test-node-pods");
});
afterAll(() => namespace.close());

describe("a pod on the real node", () => {
  it("runs as strictly as its namespace wants it, and its log can be read", async () => {
    const script = "id -u; touch /anything 2>/dev/null || echo read-only";
    expect(await namespace.logOf("strict", script)).toBe("1000\nread-only");
  });

  it("is refused if it is less strict", async () => {
    const pod = scriptPod("privileged", "true", { securityContext: { privileged: true } });
    await expect(namespace.apply(pod)).rejects.toThrow('violates PodSecurity "restricted');
  });

  it("can be entered while it runs, and is gone once it is deleted", async () => {
    await namespace.apply(scriptPod("entered", "exec sleep 600"));
    await namespace.waitFor("pod/entered", "condition=Ready");
    const inside = await namespace.run(["exec", "entered", "--", "sh", "-c", "echo in $HOSTNAME"]);
    expect(inside).toBe("in entered");
    await namespace.run(["delete", "pod", "entered", "--timeout=30s"]);
    expect(await namespace.run(["get", "pods", "--selector=app=entered", "--output=name"])).toBe("");
  });

  it("is killed when it takes more memory than its limit", async () => {
    await namespace.apply(
      scriptPod("greedy", "tail /dev/zero", { resources: { limits: { memory: "32Mi" } } }),
    );
    await namespace.waitFor("pod/greedy", "jsonpath={.status.phase}=Failed");
    const state = ".status.containerStatuses[0].state.terminated['reason','exitCode']";
    expect(await namespace.read("pod/greedy", state)).toBe("OOMKilled 137");
  });
});

describe("services", () => {
  beforeAll(() => namespace.serve("web", 2));

  it("have names, which the cluster's name server knows by UDP and by TCP", async () => {
    const address = await namespace.read("service/web", ".spec.clusterIP");
    const name = `web.${namespace.name}.svc.${addresses.domain}`;
    expect(await namespace.logOf("udp", `nslookup ${name}`)).toContain(`Address: ${address}`);

    // Over TCP a message begins with its length (RFC 1035, section 4.2.2), and busybox's nslookup knows UDP only.
    const labels = [...name.split("."), ""].map((label) => bytes(label.length) + label).join("");
    const question = labels + bytes(0, 1, 0, 1);
    const header = bytes(0, 12 + name.length + 2 + 4) + bytes(0, 1, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0);
    const ask = `printf '${header}${question}' | nc -w 2 ${addresses.nameServer} 53 | hexdump -v -e '1/1 "%u."'`;
    expect(await namespace.logOf("tcp", ask)).toContain(`.${address}.`);
  });

  it("lead to each of their pods, by their short name", async () => {
    const pods = await namespace.run(["get", "pods", "--selector=app=web", "--output=name"]);
    const log = await namespace.logOf("client", "for i in $(seq 40); do wget -qO- http://web:8080/; done");
    expect(new Set(log.split("\n"))).toEqual(new Set(pods.replaceAll("pod/", "").split("\n")));
  });

  it("refuse connections at once while they have no pod", async () => {
    await namespace.apply(serviceFor("nobody"));
    const script = "sleep 2; timeout 5 wget -qO- http://nobody:8080/ 2>&1 || true";
    expect(await namespace.logOf("lonely", script)).toContain("Connection refused");
  });

  it("are reached from outside by an Ingress, whose status says where", async () => {
    await namespace.apply(serviceFor("nobody"), {
      apiVersion: "networking.k8s.io/v1",
      kind: "Ingress",
      metadata: { name: "web" },
      spec: { ingressClassName: "traefik", rules: [rule("node.test", "web"), rule("empty.test", "nobody")] },
    });
    await namespace.waitFor("ingress/web", `jsonpath={.status.loadBalancer.ingress[0].ip}=${ENTRY_ADDRESS}`);
    expect(await statusOnce("node.test", 200)).toMatch(/^web-/);
    await statusOnce("empty.test", 503);
    await statusOnce("unknown.test", 404);
  });

  it("are reached from outside by a Gateway", async () => {
    const apiVersion = "gateway.networking.k8s.io/v1";
    const gateway = {
      apiVersion,
      kind: "Gateway",
      metadata: { name: "entry" },
      spec: { gatewayClassName: "traefik", listeners: [{ name: "http", port: 80, protocol: "HTTP" }] },
    };
    const route = {
      apiVersion,
      kind: "HTTPRoute",
      metadata: { name: "web" },
      spec: {
        parentRefs: [{ name: "entry" }],
        hostnames: ["gateway.test"],
        rules: [{ backendRefs: [{ name: "web", port: 8080 }] }],
      },
    };
    await namespace.apply(gateway, route);
    await namespace.waitFor("gateway/entry", "condition=Programmed");
    expect(await statusOnce("gateway.test", 200)).toMatch(/^web-/);
  });
});

describe("a volume claim of the class local-path", () => {
  const withData = (name: string, script: string) =>
    namespace.logOf(
      name,
      script,
      { volumeMounts: [{ name: "data", mountPath: "/data" }] },
      {
        securityContext: { fsGroup: 2000 },
        volumes: [{ name: "data", persistentVolumeClaim: { claimName: "data" } }],
      },
    );

  it("is bound once a pod wants it, is the pod's group's, and keeps its data when the pod is gone", async () => {
    await namespace.apply({
      apiVersion: "v1",
      kind: "PersistentVolumeClaim",
      metadata: { name: "data" },
      spec: {
        storageClassName: "local-path",
        accessModes: ["ReadWriteOnce"],
        resources: { requests: { storage: "1Gi" } },
      },
    });
    await wait(1000);
    expect(await namespace.read("pvc/data", ".status.phase")).toBe("Pending");
    expect(await withData("writer", "echo kept > /data/file; stat -c %g /data")).toBe("2000");
    expect(await namespace.read("pvc/data", ".status.phase")).toBe("Bound");
    await namespace.run(["delete", "pod", "writer"]);
    expect(await withData("reader", "cat /data/file")).toBe("kept");
  });
});

/** What an Ingress does with requests for a host. */
function rule(host: string, service: string) {
  const backend = { service: { name: service, port: { number: 8080 } } };
  return { host, http: { paths: [{ path: "/", pathType: "Prefix", backend }] } };
}

/** Asks for a host until the entry answers with a status, and gives what it answers then. */
async function statusOnce(host: string, status: number): Promise<string> {
  const entry = new Entry(ENTRY_ADDRESS, host);
  const end = Date.now() + 10_000;
  let answer = await entry.ask("/");
  while (answer.status !== status && Date.now() < end) {
    await wait(200);
    answer = await entry.ask("/");
  }
  expect(answer.status, answer.body).toBe(status);
  return answer.body;
}

/** Bytes as the shell's printf reads them. */
function bytes(...values: readonly number[]): string {
  return values.map((value) => `\\${value.toString(8).padStart(3, "0")}`).join("");
}
