import { execFileSync } from "node:child_process";
import { chmodSync, readFileSync } from "node:fs";
import * as path from "node:path";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isHidden, Reference, type Setting, textOf } from "../../../components/model/reference.ts";
import { permissionsOf, type Resources, type Site } from "../../../components/model/workload.ts";
import { HttpService } from "../../../components/services/http-service.ts";
import { Kafka, KAFKA_RESOURCES, type KafkaServer } from "../../../components/services/kafka.ts";
import { kafkaRecipe } from "../../../components/services/kafka-recipe.ts";
import { Docker } from "../../../components/targets/docker/docker.ts";
import { Kubernetes } from "../../../components/targets/kubernetes/kubernetes.ts";
import { deploy } from "../../support/engine.ts";
import { settled } from "../../support/outputs.ts";
import { RecordingTarget } from "../../support/recording-target.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

const plain = {
  image: "apache/kafka:4.3.1",
  resources: KAFKA_RESOURCES,
  storageGiB: 20,
  admin: Reference.hidden("adm1n"),
  clusterId: Reference.plain("cluster"),
};
const alone = { copies: 1, peers: ["kafka"] };
const peers = [0, 1, 2].map((ordinal) => `kafka-${ordinal}.kafka-peers`);
const quorum = { copies: 3, peers };

const text = async (setting: Setting) => (await settled(textOf(setting))).value;

/** The file of a server, by the names of its settings. */
async function propertiesOf(site: Pick<Site, "copies" | "peers"> = alone): Promise<Record<string, string>> {
  const lines = (await text(kafkaRecipe(plain, site).files!["server.properties"]!)).trim().split("\n");
  return Object.fromEntries(lines.map((line) => line.split(/=(.*)/s) as [string, string]));
}

/** What a program of Kafka is started with in the copy of this name, and the settings that it finds. */
function started(site: Pick<Site, "copies" | "peers">, copy: string, fullName: string) {
  const tell = '#!/bin/sh\necho "${0##*/} $*"\n';
  const folder = temporaryFolder({
    hostname: `#!/bin/sh\necho ${fullName}\n`,
    "kafka-storage.sh": tell,
    "kafka-server-start.sh": tell,
    "server.properties": "process.roles=broker,controller\n",
  });
  for (const program of ["hostname", "kafka-storage.sh", "kafka-server-start.sh"])
    chmodSync(path.join(folder, program), 0o755);
  const [shell, option, script = "", ...rest] = kafkaRecipe(plain, site).command;
  const here = script
    .replaceAll("/opt/kafka/bin", folder)
    .replaceAll("/run/keelson", folder)
    .replaceAll("/tmp/server.properties", path.join(folder, "own.properties"))
    .replaceAll("/var/lib/kafka/data", folder);
  const env = { PATH: `${folder}:${process.env["PATH"]}`, HOSTNAME: copy, CLUSTER_ID: "-c1u5ter" };
  const told = execFileSync(shell!, [option!, here, ...rest], { env, encoding: "utf8" });
  const own = readFileSync(path.join(folder, "own.properties"), "utf8").trim().split("\n");
  return { told: told.replaceAll(folder, "").trim().split("\n"), own };
}

describe("a Kafka broker", () => {
  it("[G3] asks everyone who they are, and reads the administrator's password from a secret file", async () => {
    const { files, ...rest } = kafkaRecipe(plain, alone);
    expect(isHidden(files!["server.properties"]!)).toBe(true);
    expect(JSON.stringify(rest)).not.toContain("adm1n");
    const settings = await propertiesOf();
    expect(settings["listener.security.protocol.map"]).toBe(
      "CLIENTS:SASL_PLAINTEXT,CONTROLLER:SASL_PLAINTEXT",
    );
    expect(settings["listener.name.clients.plain.sasl.jaas.config"]).toContain('user_keelson="adm1n"');
    expect(settings).toMatchObject({
      "authorizer.class.name": "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
      "super.users": "User:keelson",
      "auto.create.topics.enable": "false",
    });
    expect(settings).not.toHaveProperty("allow.everyone.if.no.acl.found");
  });

  it("[O10] has half of its memory as heap, and collects garbage by as many threads as it may use cores", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 512, max: 65536 }),
        fc.double({ min: 0.1, max: 64, noNaN: true }),
        (memoryLimitMiB, cpuLimit) => {
          const resources: Resources = { ...KAFKA_RESOURCES, memoryLimitMiB, cpuLimit };
          const { env } = kafkaRecipe({ ...plain, resources }, alone);
          const heap = Math.floor(memoryLimitMiB / 2);
          expect(env!["KAFKA_HEAP_OPTS"]).toBe(`-Xms${heap}m -Xmx${heap}m`);
          const threads = Math.ceil(cpuLimit);
          expect(env!["KAFKA_JVM_PERFORMANCE_OPTS"]).toContain(
            `-XX:+UseG1GC -XX:MaxGCPauseMillis=200 -XX:ParallelGCThreads=${threads} -XX:ConcGCThreads=${threads} -XX:InitiatingHeapOccupancyPercent=70`,
          );
        },
      ),
    );
  });

  it("[O10] has the threads, buffers and retention that the platform's own tuning names", async () => {
    expect(await propertiesOf()).toMatchObject({
      "num.network.threads": "3",
      "num.io.threads": "8",
      "socket.send.buffer.bytes": "102400",
      "socket.receive.buffer.bytes": "102400",
      "socket.request.max.bytes": "104857600",
      "log.retention.hours": "168",
    });
  });

  it("[O10] has more threads where it may use more cores, and never fewer", async () => {
    const threadsWith = async (cpuLimit: number) => {
      const recipe = kafkaRecipe({ ...plain, resources: { ...KAFKA_RESOURCES, cpuLimit } }, alone);
      const file = await text(recipe.files!["server.properties"]!);
      return ["network", "io"].map(
        (kind) => new RegExp(`^num\\.${kind}\\.threads=(\\d+)$`, "m").exec(file)?.[1],
      );
    };
    expect(await threadsWith(0.5)).toEqual(["3", "8"]);
    expect(await threadsWith(4)).toEqual(["3", "8"]);
    expect(await threadsWith(6)).toEqual(["5", "12"]);
    expect(await threadsWith(8)).toEqual(["6", "16"]);
  });

  it("[G6] [G7] keeps messages below the top of its volume, and writes elsewhere only what it may lose", async () => {
    const { volumes, scratch, user, writableRoot, stopSeconds } = kafkaRecipe(plain, alone);
    expect(volumes).toEqual({ data: { path: "/var/lib/kafka/data", sizeGiB: 20 } });
    expect((await propertiesOf())["log.dirs"]).toBe("/var/lib/kafka/data/log");
    expect(kafkaRecipe(plain, alone).env!["KAFKA_OPTS"]).toMatch(
      /^-Djava\.io\.tmpdir=\/var\/lib\/kafka\/data\/\w+$/,
    );
    expect(scratch).toEqual(["/tmp", "/etc/kafka/secrets", "/mnt/shared/config"]);
    expect(user).toEqual({ uid: 1000, gid: 1000 });
    expect(writableRoot).toBeUndefined();
    expect(stopSeconds).toBe(120);
  });

  it("[O1] is its own quorum where it is the only copy, which nobody else may reach", async () => {
    expect(await propertiesOf()).toMatchObject({
      "process.roles": "broker,controller",
      "controller.quorum.voters": "0@localhost:9093",
      listeners: "CLIENTS://:9092,CONTROLLER://localhost:9093",
    });
    expect(Object.keys(kafkaRecipe(plain, alone).ports!)).toEqual(["kafka"]);
  });

  it.each([
    [alone, "1 copy and 1 acknowledgement", "1", "1"],
    [quorum, "3 copies and 2 acknowledgements", "3", "2"],
  ])(
    "[O2] keeps every message, its own topics' too, with %j in %s",
    async (site, _, copies, acknowledging) => {
      const settings = await propertiesOf(site);
      const named = (pattern: RegExp) =>
        new Set(Object.keys(settings).flatMap((name) => (pattern.test(name) ? settings[name] : [])));
      expect(named(/replication\.factor$/)).toEqual(new Set([copies]));
      expect(named(/min\.(isr|insync\.replicas)$/)).toEqual(new Set([acknowledging]));
    },
  );
});

describe("a Kafka broker that starts", () => {
  const own = (id: number, name: string) => [
    "process.roles=broker,controller",
    `node.id=${id}`,
    `advertised.listeners=CLIENTS://${name}:9092`,
  ];

  it("formats its folder with the cluster's name, whatever that begins with, and then serves", () => {
    const { told, own: settings } = started(alone, "0123456789ab", "0123456789ab");
    expect(told).toEqual([
      "kafka-storage.sh format --ignore-formatted --cluster-id=-c1u5ter --config /own.properties",
      "kafka-server-start.sh /own.properties",
    ]);
    expect(settings).toEqual(own(0, "kafka"));
  });

  it("[O1] is the member of the quorum that its host is named after", () => {
    const copies = peers.map((_, ordinal) => started(quorum, `kafka-${ordinal}`, `kafka-${ordinal}`).own);
    expect(copies).toEqual(peers.map((peer, ordinal) => own(ordinal, peer)));
  });

  it("[O6] tells clients its full name where the host has one, for those of another namespace", () => {
    const full = "kafka-1.kafka-peers.events.svc.cluster.local";
    expect(started(quorum, "kafka-1", full).own).toEqual(own(1, full));
  });
});

/** What a target is asked for, by a program that uses a server. */
async function asked<Result>(use: (kafka: KafkaServer) => Result) {
  const target = new RecordingTarget();
  let result: Result;
  const all = await deploy(() => {
    result = use(new Kafka("kafka", { target }));
  });
  return { target, all, result: result! };
}

describe("a topic", () => {
  it("[O2] has 4 partitions for 7 days, made by a job that gates whoever refers to it", async () => {
    const { target, result: topic } = await asked((kafka) => kafka.topic("agent_events"));
    const job = target.jobs["kafka-agent-events-topic"]!;
    expect(job.env).toMatchObject({ TOPIC: "agent_events", PARTITIONS: 4, RETENTION_MS: 604_800_000 });
    expect(topic.name).toBe("agent_events");
    expect(await text(topic.bootstrap)).toBe("kafka:9092");
    expect(permissionsOf(job).map(({ endpoint: { host }, port }) => `${host} ${port}`)).toEqual([
      "kafka kafka",
    ]);
  });

  it("[O2] is kept as often as the brokers say, whatever their number", async () => {
    const { target } = await asked((kafka) => kafka.topic("events"));
    expect(await text(target.jobs["kafka-events-topic"]!.files!["administrate.sh"]!)).not.toContain(
      "--replication-factor",
    );
  });

  it.each(["Events", "a.b", "1st", "", "a b", "a".repeat(101)])(
    "is not made by the name %j",
    async (name) => {
      await expect(asked((kafka) => kafka.topic(name))).rejects.toThrow(
        `"${name}" is no name of a topic; use small`,
      );
    },
  );

  it.each([{ partitions: 0 }, { partitions: 1.5 }, { retentionDays: 0 }, { retentionDays: Number.NaN }])(
    "is not made with %j",
    async (args) => {
      await expect(asked((kafka) => kafka.topic("events", args))).rejects.toThrow(
        /topic "events" can't have .* more than 0/,
      );
    },
  );
});

describe("a client of Kafka", () => {
  const use = (kafka: KafkaServer) => {
    const topics = ["agent_events", "feedback_events"].map((name) => kafka.topic(name));
    return kafka.client("mcp-server", { topics });
  };

  it("is told who it is, the password as a secret", async () => {
    const { result: client } = await asked(use);
    const { bootstrap, user, password, mechanism, protocol } = client;
    expect(await Promise.all([bootstrap, user, password].map(text))).toEqual([
      "kafka:9092",
      "mcp-server",
      "generated-by-kafka-mcp-server",
    ]);
    expect([bootstrap, user, password].map(isHidden)).toEqual([false, false, true]);
    expect([mechanism, protocol]).toEqual(["SCRAM-SHA-512", "SASL_PLAINTEXT"]);
  });

  it("[G5] may use the topics and groups that are named, and what begins with its own name", async () => {
    const { target } = await asked(use);
    const { env, files } = target.jobs["kafka-mcp-server-client"]!;
    expect(env).toMatchObject({
      CLIENT: "mcp-server",
      SHARED: "--topic agent_events --topic feedback_events --group mcp-server",
    });
    const script = await text(files!["administrate.sh"]!);
    expect(script).toContain('--topic "$CLIENT." --group "$CLIENT." --transactional-id "$CLIENT."');
    const { target: another } = await asked((kafka) => kafka.client("alone"));
    expect(another.jobs["kafka-alone-client"]!.env).toMatchObject({ SHARED: "" });
  });

  it("[G3] comes with a user made by a job that has the passwords in secret files, and nowhere else", async () => {
    const { target } = await asked(use);
    const { files, env, command } = target.jobs["kafka-mcp-server-client"]!;
    expect(await text(files!["user.properties"]!)).toBe(
      "SCRAM-SHA-512=password=generated-by-kafka-mcp-server\n",
    );
    expect(await text(files!["administrator.properties"]!)).toContain('password="generated-by-kafka-admin";');
    expect([files!["user.properties"]!, files!["administrator.properties"]!].every(isHidden)).toBe(true);
    expect(Object.values(env!).some(isHidden)).toBe(false);
    expect(command).toEqual(["bash", "/run/keelson/administrate.sh"]);
  });

  it("[G6] keeps its password, the administrator's and the cluster's name for as long as there is data", async () => {
    const { all } = await asked(use);
    const random = all.filter(({ type }) => type.startsWith("random:"));
    expect(random.map(({ name, protect }) => [name, protect])).toEqual([
      ["kafka-cluster", true],
      ["kafka-admin", true],
      ["kafka-mcp-server", true],
    ]);
  });

  it.each(["Mcp", "a_b", "a.b", "1st", "", "keelson", "a".repeat(64)])(
    "is not made by the name %j",
    async (name) => {
      await expect(asked((kafka) => kafka.client(name))).rejects.toThrow(
        `"${name}" is no name of a client; use small`,
      );
    },
  );

  it("is not made with a consumer group that would need quoting", async () => {
    await expect(asked((kafka) => kafka.client("core", { groups: ["a b"] }))).rejects.toThrow(
      '"a b" is no name of a consumer group; use letters',
    );
  });
});

/** A service that is told of a client, on a target. */
function reader(target: Docker | Kubernetes, kafka: KafkaServer): void {
  const { bootstrap, user, password } = kafka.client("core", { topics: [kafka.topic("events")] });
  new HttpService("core", {
    target,
    image: "core:1",
    command: ["serve"],
    port: 8000,
    ready: "/health",
    env: { KAFKA_BOOTSTRAP_SERVERS: bootstrap, KAFKA_SASL_USERNAME: user, KAFKA_SASL_PASSWORD: password },
    resources: KAFKA_RESOURCES,
  });
}

describe("Kafka on Docker", () => {
  it("[O2] is one broker, however many are asked for, and its clients start after the jobs that made topics and user", async () => {
    const all = await deploy(() => {
      const target = new Docker("t", { machine: { cpus: 16, memoryGiB: 64, storageGiB: 500 } });
      reader(target, new Kafka("kafka", { target, copies: 3 }));
    });
    const containers = all.filter(({ type }) => type.endsWith(":Container"));
    const named = (name: string) => containers.find((container) => container.name === name)!;
    expect(containers.filter(({ name }) => /^t-kafka(-\d)?$/.test(name))).toHaveLength(1);
    const awaited = named("t-core").dependencies.join();
    expect(awaited).toContain("t-kafka-events-topic");
    expect(awaited).toContain("t-kafka-core-client");
    expect(JSON.stringify(named("t-kafka").inputs)).not.toContain("[secret]");
  });
});

describe("Kafka on Kubernetes", () => {
  it("[O1] [G5] is a quorum of three that open the controllers' port to each other and to nobody else", async () => {
    const all = await deploy(() => {
      const target = new Kubernetes("t", { cluster: { nodes: [{ cpus: 8, memoryGiB: 32, count: 3 }] } });
      reader(target, new Kafka("kafka", { target, copies: 3 }));
    });
    const specOf = (kind: string, name: string) =>
      all.find(({ type, inputs }) => type.endsWith(`:${kind}`) && inputs["metadata"].name === name)!.inputs[
        "spec"
      ];
    const { replicas, template } = specOf("StatefulSet", "kafka");
    expect(replicas).toBe(3);
    expect(JSON.stringify(template)).toContain("kafka-2.kafka-peers");
    const admitted = (name: string) =>
      specOf("NetworkPolicy", name).ingress.flatMap(({ ports }: { ports: { port: number }[] }) =>
        ports.map(({ port }) => port),
      );
    expect(admitted("kafka.from.core")).toEqual([9092]);
    expect(new Set(admitted("kafka.peers"))).toEqual(new Set([9092, 9093]));
  });
});
