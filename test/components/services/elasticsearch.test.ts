import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { Reference, textOf } from "../../../components/model/reference.ts";
import {
  Elasticsearch,
  ELASTICSEARCH_RESOURCES,
  type ElasticsearchArgs,
} from "../../../components/services/elasticsearch.ts";
import { elasticsearchRecipe } from "../../../components/services/elasticsearch-recipe.ts";
import { HttpService } from "../../../components/services/http-service.ts";
import { Docker } from "../../../components/targets/docker/docker.ts";
import { Kubernetes } from "../../../components/targets/kubernetes/kubernetes.ts";
import { deploy, type Registration } from "../../support/engine.ts";
import { settled } from "../../support/outputs.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

const plain = {
  image: "elasticsearch:8.19.20",
  resources: ELASTICSEARCH_RESOURCES,
  storageGiB: 20,
  mapped: true,
  admin: Reference.hidden("s3cret"),
  identity: {
    certificate: Reference.plain("the certificate"),
    key: Reference.hidden("the key"),
    authority: Reference.plain("the authority"),
  },
};
const alone = { host: "elasticsearch", copies: 1, peers: ["elasticsearch-0.elasticsearch-peers"] };
const peers = [0, 1, 2].map((copy) => `elasticsearch-${copy}.elasticsearch-peers`);
const cluster = { host: "elasticsearch", copies: 3, peers };

const settingsOf = (workload = elasticsearchRecipe(plain, alone)): Record<string, unknown> =>
  parse(workload.files!["elasticsearch.yml"] as string);

/**
 * Runs the start of a server in a folder that stands for the root of its image, with an entrypoint that ends at once.
 *
 * @returns the folder
 */
function started(
  workload = elasticsearchRecipe(plain, alone),
  root = temporaryFolder(),
  member = false,
): string {
  for (const folder of ["run/keelson", "image/config/jvm.options.d", "tmp", "bin", "data"])
    execFileSync("mkdir", ["-p", path.join(root, folder)]);
  writeFileSync(path.join(root, "image/config/log4j2.properties"), "of the image");
  writeFileSync(path.join(root, "image/config/elasticsearch.yml"), "of: the image");
  writeFileSync(path.join(root, "bin/docker-entrypoint.sh"), '#!/bin/sh\necho "$@" > "$ROOT/started"\n');
  chmodSync(path.join(root, "bin/docker-entrypoint.sh"), 0o755);
  for (const [file, content] of Object.entries(workload.files!))
    writeFileSync(path.join(root, "run/keelson", file), typeof content === "string" ? content : file);
  if (member) writeFileSync(path.join(root, "data/.keelson-member"), "");
  const [shell, ...rest] = workload.command.map((word) =>
    word
      .replaceAll("/run/keelson", `${root}/run/keelson`)
      .replaceAll("/usr/share/elasticsearch/config", `${root}/image/config`)
      .replaceAll("/usr/share/elasticsearch/data", `${root}/data`),
  );
  execFileSync(shell!, rest, {
    env: { ROOT: root, PATH: `${root}/bin:${process.env["PATH"]}`, ES_PATH_CONF: `${root}/tmp/config` },
  });
  return root;
}

describe("the Elasticsearch server", () => {
  it("gives half of its memory limit to the heap, and never so much that pointers take twice the room", () => {
    fc.assert(
      fc.property(fc.integer({ min: 512, max: 262_144 }), (memoryLimitMiB) => {
        const resources = { ...ELASTICSEARCH_RESOURCES, memoryLimitMiB };
        const options = elasticsearchRecipe({ ...plain, resources }, alone).env!["ES_JAVA_OPTS"] as string;
        const [, least, most] = options.match(/^-Xms(\d+)m -Xmx(\d+)m /)!;
        expect(least).toBe(most);
        expect(Number(most)).toBe(Math.min(Math.floor(memoryLimitMiB / 2), 30 * 1024));
      }),
    );
  });

  it("[S2] [G3] asks for passwords, and reads the administrator's from a file that nobody else may read", async () => {
    const { env, files, command, probes } = elasticsearchRecipe(plain, alone);
    expect(settingsOf()).toMatchObject({ "xpack.security.enabled": true });
    expect(env!["ELASTIC_PASSWORD_FILE"]).toBe("/tmp/config/administrator-password");
    expect(JSON.stringify([env, command, probes, files!["elasticsearch.yml"]])).not.toContain("s3cret");
    const root = started();
    expect(statSync(`${root}/tmp/config/administrator-password`).mode & 0o777).toBe(0o600);
    const probe = await settled(textOf(files!["probe.conf"]!));
    expect(probe).toEqual({ value: 'user = "elastic:s3cret"\n', secret: true });
  });

  it("[G7] is configured in a scratch folder, at every start anew, by the image's files and its own settings", () => {
    const root = started(undefined, started());
    expect(readFileSync(`${root}/tmp/config/log4j2.properties`, "utf8")).toBe("of the image");
    expect(parse(readFileSync(`${root}/tmp/config/elasticsearch.yml`, "utf8"))).toEqual(settingsOf());
    expect(readFileSync(`${root}/started`, "utf8")).toBe("eswrapper\n");
    const { volumes, scratch, user, writableRoot } = elasticsearchRecipe(plain, alone);
    expect(volumes).toEqual({ data: { path: "/usr/share/elasticsearch/data", sizeGiB: 20 } });
    expect(scratch).toEqual(["/tmp", "/usr/share/elasticsearch/logs"]);
    expect(user).toEqual({ uid: 1000, gid: 0 });
    expect(writableRoot).toBeUndefined();
  });

  it("[S1] is alone where it is the only copy: nobody reaches its transport, and it waits for no other", () => {
    expect(settingsOf()).toMatchObject({
      "discovery.type": "single-node",
      "http.host": "0.0.0.0",
      "node.name": "elasticsearch",
    });
    expect(Object.keys(settingsOf()).join()).not.toMatch(/seed_hosts|network\.host|transport/);
    const { ports, files } = elasticsearchRecipe(plain, alone);
    expect(Object.keys(ports!)).toEqual(["http"]);
    expect(Object.keys(files!).join()).not.toMatch(/transport|authority/);
  });

  it("[G5] asks nobody outside for anything", () => {
    expect(settingsOf()["ingest.geoip.downloader.enabled"]).toBe(false);
  });

  it("needs areas of memory from the kernel, unless it reads its indices as files", () => {
    expect(elasticsearchRecipe(plain, alone).kernel!["vm.max_map_count"]!.atLeast).toBe(1_048_576);
    expect(settingsOf()).not.toHaveProperty(["node.store.allow_mmap"]);
    const files = elasticsearchRecipe({ ...plain, mapped: false }, alone);
    expect(files.kernel).toBeUndefined();
    expect(settingsOf(files)["node.store.allow_mmap"]).toBe(false);
  });

  it("has five minutes to start and two to stop, and is restarted only when it does not listen any more", () => {
    const { probes, stopSeconds } = elasticsearchRecipe(plain, alone);
    expect(probes.startupSeconds).toBe(300);
    expect(stopSeconds).toBe(120);
    expect(probes.liveness!.check).toEqual({ kind: "tcp", port: "http" });
  });
});

describe("a cluster of Elasticsearch servers", () => {
  const clustered = elasticsearchRecipe(plain, cluster);
  const masters = (root: string) =>
    parse(readFileSync(`${root}/tmp/config/elasticsearch.yml`, "utf8"))["cluster.initial_master_nodes"];

  it("[S1] is formed by its copies under the names that they have on Kubernetes", () => {
    expect(settingsOf(clustered)).toMatchObject({
      "node.name": "${HOSTNAME}",
      "network.host": "0.0.0.0",
      "discovery.seed_hosts": peers,
    });
    expect(settingsOf(clustered)).not.toHaveProperty(["discovery.type"]);
    expect(masters(started(clustered))).toEqual(["elasticsearch-0", "elasticsearch-1", "elasticsearch-2"]);
  });

  it("[G6] is not begun anew by a copy that has been in it", () => {
    expect(masters(started(clustered, undefined, true))).toBeUndefined();
  });

  it("[G4] has a copy that is ready once it has a master, and notes then that it has been in the cluster", () => {
    const root = started(clustered);
    const { check } = clustered.probes.readiness;
    const probe = (status: number) => {
      writeFileSync(`${root}/bin/curl`, `#!/bin/sh\necho "$@" > ${root}/asked\nexit ${status}\n`);
      chmodSync(`${root}/bin/curl`, 0o755);
      const [shell, ...rest] = (check.kind === "exec" ? check.command : []).map((word) =>
        word.replaceAll("/usr/share/elasticsearch/data", `${root}/data`),
      );
      execFileSync(shell!, rest, { env: { PATH: `${root}/bin:${process.env["PATH"]}` } });
    };
    expect(() => probe(22)).toThrow("Command failed");
    expect(existsSync(`${root}/data/.keelson-member`)).toBe(false);
    probe(0);
    expect(existsSync(`${root}/data/.keelson-member`)).toBe(true);
    probe(0);
    expect(readFileSync(`${root}/asked`, "utf8")).toContain("--config /run/keelson/probe.conf");
    expect(readFileSync(`${root}/asked`, "utf8")).not.toContain("local=true");
  });

  it("[G3] has copies that prove themselves to each other, by certificates in the folder where they are looked for", () => {
    const settings = settingsOf(clustered);
    expect(settings).toMatchObject({
      "xpack.security.transport.ssl.enabled": true,
      "xpack.security.transport.ssl.client_authentication": "required",
    });
    const root = started(clustered);
    const named = ["certificate", "key", "certificate_authorities"].flatMap(
      (name) => settings[`xpack.security.transport.ssl.${name}`] as string | string[],
    );
    expect(named).toEqual(["transport.crt", "transport.key", "authority.crt"]);
    for (const file of named) expect(readFileSync(`${root}/tmp/config/${file}`, "utf8")).toBe(file);
    expect(clustered.files!["transport.key"]).toBe(plain.identity.key);
  });
});

/** What a program with a server and a client of it registers. */
function program(target: () => ElasticsearchArgs["target"]): Promise<Registration[]> {
  return deploy(() => {
    const made = target();
    const elasticsearch = new Elasticsearch("elasticsearch", { target: made, copies: 3 });
    const { url } = elasticsearch.client("backend", { agent_skills: {} });
    new HttpService("backend", {
      target: made,
      image: "backend:1",
      command: ["serve"],
      port: 8000,
      ready: "/health",
      env: { ELASTICSEARCH_URL: url },
      resources: { cpuRequest: 0.1, cpuLimit: 0.5, memoryRequestMiB: 64, memoryLimitMiB: 128 },
    });
  });
}

describe("Elasticsearch on Kubernetes", () => {
  it("[S1] [G5] runs three copies that reach each other's transport, which clients do not", async () => {
    const all = await program(
      () => new Kubernetes("t", { cluster: { nodes: [{ cpus: 4, memoryGiB: 16, count: 3 }] } }),
    );
    const specOf = (kind: string, name: string) =>
      all.find(({ type, inputs }) => type.endsWith(`:${kind}`) && inputs["metadata"].name === name)!.inputs[
        "spec"
      ];
    expect(specOf("StatefulSet", "elasticsearch").replicas).toBe(3);
    const admitted = (name: string) =>
      specOf("NetworkPolicy", name).ingress.flatMap(({ ports }: { ports: { port: number }[] }) =>
        ports.map(({ port }) => port),
      );
    expect(admitted("elasticsearch.from.backend")).toEqual([9200]);
    expect(admitted("elasticsearch.peers")).toEqual([9200, 9300]);
    const signed = all.find(({ type }) => type.endsWith("LocallySignedCert"))!;
    expect(signed.inputs["allowedUses"]).toEqual(expect.arrayContaining(["server_auth", "client_auth"]));
  });
});

describe("Elasticsearch on a Docker host", () => {
  it("[S3] is one server, and its client starts after its index and its user are made", async () => {
    const all = await program(() => new Docker("t"));
    const container = (name: string): Registration =>
      all.find((each) => each.type === "docker:index/container:Container" && each.name === name)!;
    expect(container("t-elasticsearch").inputs["labels"]).toContainEqual(
      expect.objectContaining({ label: "keelson.kernel" }),
    );
    expect(JSON.stringify(container("t-elasticsearch").inputs)).not.toContain("seed_hosts");
    const job = container("t-elasticsearch-backend-client");
    expect(job.dependencies).toContain(container("t-elasticsearch").urn);
    expect(container("t-backend").dependencies).toContain(job.urn);
    expect(JSON.stringify([job.inputs, container("t-backend").inputs])).not.toContain("[secret]");
  });
});
