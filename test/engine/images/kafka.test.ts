import Docker from "dockerode";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { Reference, type Setting } from "../../../components/model/reference.ts";
import { FILES, type JobWorkload } from "../../../components/model/workload.ts";
import { Kafka, KAFKA_RESOURCES, type KafkaServer } from "../../../components/services/kafka.ts";
import { KAFKA_USER, kafkaRecipe } from "../../../components/services/kafka-recipe.ts";
import { obtainImages } from "../../../embedded/images/index.ts";
import { embeddedReference } from "../../../embedded/images/recipes.ts";
import type { WiringEntry } from "../../../images/reference-app/wiring.ts";
import type { Containers, Started } from "../../support/containers.ts";
import { openWith } from "../../support/embedded-images.ts";
import { deploy } from "../../support/engine.ts";
import { hardened } from "../../support/hardened.ts";
import { RecordingTarget } from "../../support/recording-target.ts";
import { runJob, startWorkload } from "../../support/started-workload.ts";

const ADMIN = "generated-by-kafka-admin";
const PROGRAMS = "/opt/kafka/bin";
const image = embeddedReference("kafka");
const resources = { ...KAFKA_RESOURCES, memoryLimitMiB: 768 };
const settings = {
  image,
  resources,
  storageGiB: 1,
  admin: Reference.hidden(ADMIN),
  clusterId: Reference.plain("-Un0PsHrR1eLV_lkTXIwAg"),
};

let containers: Containers;
let kafka: Started;
beforeAll(async () => {
  containers = await openWith("kafka", "kafka");
  kafka = await startWorkload(
    containers,
    "kafka",
    kafkaRecipe(settings, { copies: 1, peers: ["kafka"] }),
    "kafka",
  );
  await ready(kafka);
});
afterAll(() => containers.close());

/** Waits until a broker listens, which is its readiness probe. */
async function ready(broker: Started): Promise<void> {
  const listens = ["bash", "-c", "true < /dev/tcp/127.0.0.1/9092"];
  await vi.waitFor(async () => expect(await broker.run(listens)).toBe(0), {
    timeout: 120_000,
    interval: 500,
  });
}

/** The jobs that the component asks its target for. */
async function jobsOf(use: (server: KafkaServer) => unknown): Promise<Record<string, JobWorkload>> {
  const target = new RecordingTarget();
  await deploy(() => use(new Kafka("kafka", { target, image })));
  return target.jobs;
}

async function run(job: JobWorkload | undefined, env: Readonly<Record<string, Setting>> = {}) {
  return runJob(containers, { ...job!, env: { ...job!.env, ...env } });
}

/** Runs one of Kafka's own programs as a client. */
function ask(user: string, command: string, server = "kafka:9092") {
  const [mechanism, module, password] =
    user === "keelson"
      ? ["PLAIN", "plain.Plain", ADMIN]
      : ["SCRAM-SHA-512", "scram.Scram", `generated-by-kafka-${user}`];
  return runJob(containers, {
    image,
    command: [
      "bash",
      "-c",
      `${PROGRAMS}/${command} --bootstrap-server ${server} --command-config ${FILES}/client.properties`,
    ],
    files: {
      "client.properties": `security.protocol=SASL_PLAINTEXT
sasl.mechanism=${mechanism}
sasl.jaas.config=org.apache.kafka.common.security.${module}LoginModule required username="${user}" password="${password}";
`,
    },
    resources,
    user: KAFKA_USER,
  });
}

describe("the kafka image, by its recipe", () => {
  it("[G3] [G7] serves without rights on a read-only root, with no password in any environment or command line", async () => {
    expect(await kafka.run(["sh", "-c", "test $(id -u) = 1000 && ! touch /etc/written"])).toBe(0);
    const search = `cat /proc/[0-9]*/environ /proc/[0-9]*/cmdline | tr '\\0' '\\n' | grep -q`;
    expect(await kafka.run(["sh", "-c", `${search} '^CLUSTER_ID='`])).toBe(0);
    // Brackets, so that the search does not find itself.
    expect(await kafka.run(["sh", "-c", `${search} '${ADMIN.replace("g", "[g]")}'`])).toBe(1);
    expect(await kafka.log()).not.toContain(ADMIN);
  });

  it("[O2] makes a topic once, changes it later, and says what can't be", async () => {
    const made = async (partitions: number, retentionDays: number) => {
      const jobs = await jobsOf((server) => server.topic("agent_events", { partitions, retentionDays }));
      return run(jobs["kafka-agent-events-topic"]);
    };
    const described = async () =>
      (await ask("keelson", "kafka-topics.sh --describe --topic agent_events")).log;
    expect(await made(4, 7)).toMatchObject({ status: 0 });
    expect(await described()).toMatch(/PartitionCount: 4\s+ReplicationFactor: 1\s.*retention\.ms=604800000/);
    expect(await made(4, 7)).toMatchObject({ status: 0 });
    expect(await made(6, 1)).toMatchObject({ status: 0 });
    expect(await described()).toMatch(/PartitionCount: 6\s.*retention\.ms=86400000/);
    const { status, log } = await made(4, 1);
    expect(status).toBe(1);
    expect(log).toContain("topic agent_events has 6 partitions, which can't become 4; state 6 or more");
  });

  it("[G5] lets a client use the topics that it was given and no others, however often it is made", async () => {
    const jobs = await jobsOf((server) => {
      server.topic("others_events");
      server.client("core", { topics: [server.topic("given_events")] });
    });
    for (const topic of ["given", "others"])
      expect(await run(jobs[`kafka-${topic}-events-topic`])).toMatchObject({ status: 0 });
    expect(await run(jobs["kafka-core-client"])).toMatchObject({ status: 0 });
    expect(await run(jobs["kafka-core-client"])).toMatchObject({ status: 0 });
    const { status, log } = await ask("core", "kafka-topics.sh --list");
    expect(status).toBe(0);
    expect(log).toContain("given_events");
    expect(log).not.toContain("others_events");
    expect((await ask("nobody", "kafka-topics.sh --list")).status).not.toBe(0);
  });

  it("[D] answers the proof of the reference application, and refuses it with another password", async () => {
    const { "reference-app": app } = await obtainImages(["reference-app"], {
      docker: new Docker(),
      report: console.log,
    });
    const jobs = await jobsOf((server) => server.client("proven"));
    expect(await run(jobs["kafka-proven-client"])).toMatchObject({ status: 0 });
    const wire = async (password: string) => {
      const service = await containers.start(`application-${password.length}`, {
        Image: app.reference,
        Cmd: ["uvicorn", "app.main:app", "--host", "0.0.0.0", "--port", "8000"],
        Env: [
          ...["SERVICE_NAME=core", "KAFKA_BOOTSTRAP_SERVERS=kafka:9092", "KAFKA_SASL_USERNAME=proven"],
          ...["KAFKA_SASL_MECHANISM=SCRAM-SHA-512", `KAFKA_SASL_PASSWORD=${password}`],
        ],
        User: "1000:1000",
        port: 8000,
        HostConfig: hardened(),
      });
      return async () => {
        const answer = await fetch(`http://${await service.address()}/wiring`);
        const { dependencies } = (await answer.json()) as { dependencies: WiringEntry[] };
        return dependencies[0]!;
      };
    };
    const [right, wrong] = [await wire("generated-by-kafka-proven"), await wire("not the password")];
    await vi.waitFor(
      async () =>
        expect(await right()).toMatchObject({
          ok: true,
          detail: expect.stringMatching(
            /^message written to topic proven\.reference-proof and read at offset \d+$/,
          ),
        }),
      { timeout: 30_000, interval: 500 },
    );
    await vi.waitFor(
      async () =>
        expect(await wrong()).toMatchObject({ ok: false, detail: expect.stringMatching(/authentication/i) }),
      { timeout: 30_000, interval: 500 },
    );
  });

  it("[G6] keeps what it acknowledged, compressed or not, over an orderly restart", async () => {
    const jobs = await jobsOf((server) => server.topic("kept_events"));
    expect(await run(jobs["kafka-kept-events-topic"])).toMatchObject({ status: 0 });
    // In the server's container, whose Java may unpack libraries of compression.
    const client = `${PROGRAMS}/kafka-console-%s.sh --bootstrap-server kafka:9092 --topic kept_events`;
    const login = `security.protocol=SASL_PLAINTEXT\\nsasl.mechanism=PLAIN\\n$(grep -m1 -o 'org.apache.kafka.common.security.plain[^;]*;' ${FILES}/server.properties | sed 's/^/sasl.jaas.config=/')`;
    const prepare = `umask 077; printf '%b\\n' "${login}" > /tmp/client.properties; export KAFKA_HEAP_OPTS=-Xmx64m`;
    const produce = `${client.replace("%s", "producer")} --producer.config /tmp/client.properties --compression-codec`;
    for (const codec of ["none", "zstd", "snappy"])
      expect(await kafka.run(["bash", "-c", `${prepare}; echo kept-${codec} | ${produce} ${codec}`])).toBe(0);

    const stopping = Date.now();
    await kafka.container.restart({ t: 120 });
    expect(Date.now() - stopping).toBeLessThan(60_000);
    await ready(kafka);
    expect(await kafka.log()).toContain("shut down completed");
    const consume = `${client.replace("%s", "consumer")} --consumer.config /tmp/client.properties --from-beginning --max-messages 3 --timeout-ms 30000`;
    const all = `test "$(${consume} | grep ^kept | sort | tr '\\n' ' ')" = "kept-none kept-snappy kept-zstd "`;
    expect(await kafka.run(["bash", "-c", `${prepare}; ${all}`])).toBe(0);
  });
});

describe("three brokers", () => {
  it("[O1] [O2] form a quorum that keeps every message three times, and go on without one of them", async () => {
    const peers = [0, 1, 2].map((ordinal) => `kafka-${ordinal}.kafka-peers`);
    const recipe = kafkaRecipe(settings, { copies: 3, peers });
    const brokers = await Promise.all(
      peers.map((peer, ordinal) =>
        startWorkload(
          containers,
          peer,
          { ...recipe, env: { ...recipe.env, HOSTNAME: `kafka-${ordinal}` } },
          "kafka",
        ),
      ),
    );
    await Promise.all(brokers.map(ready));
    const jobs = await jobsOf((server) => server.topic("events", { partitions: 1 }));
    const made = await run(jobs["kafka-events-topic"], { SERVER: `${peers[0]}:9092` });
    expect(made).toMatchObject({ status: 0 });
    const described = async (server: string) =>
      (await ask("keelson", "kafka-topics.sh --describe --topic events", server)).log;
    expect(await described(`${peers[0]}:9092`)).toMatch(/ReplicationFactor: 3\s.*min\.insync\.replicas=2/);

    await brokers[0]!.container.kill();
    const more = await jobsOf((server) => server.topic("events", { partitions: 2 }));
    const changed = await run(more["kafka-events-topic"], { SERVER: `${peers[1]}:9092,${peers[2]}:9092` });
    expect(changed).toMatchObject({ status: 0 });
    expect(await described(`${peers[1]}:9092`)).toMatch(/PartitionCount: 2/);
  });
});

it("the kafka image serves by its own command, as the official image does", async () => {
  const alone = await containers.start("default", { Image: image });
  await ready(alone);
  const topic = `${PROGRAMS}/kafka-topics.sh --bootstrap-server localhost:9092 --create --topic first`;
  expect(await alone.run(["sh", "-c", topic])).toBe(0);
  expect(await alone.run(["test", "-e", "/tmp/kraft-combined-logs/meta.properties"])).toBe(0);
});
