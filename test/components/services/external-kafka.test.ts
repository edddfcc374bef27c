import { describe, expect, it } from "vitest";
import { isHidden, type Setting, textOf } from "../../../components/model/reference.ts";
import { externalKafka, type ExternalKafkaArgs } from "../../../components/services/external-kafka.ts";
import { settled } from "../../support/outputs.ts";

const text = async (setting: Setting) => (await settled(textOf(setting))).value;

const given: ExternalKafkaArgs = {
  bootstrap: ["b1.example.com:9096", "b2.example.com:9097"],
  clients: { core: { user: "orchestration-core", password: "hunter2" } },
  topics: { agent_events: "prod.agent_events" },
};

describe("a Kafka server that somebody else runs", () => {
  it("is told by all its brokers, and encrypts unless it is said not to", async () => {
    const { bootstrap, user, password, mechanism, protocol } = externalKafka(given).client("core");
    expect(await Promise.all([bootstrap, user, password].map(text))).toEqual([
      "b1.example.com:9096,b2.example.com:9097",
      "orchestration-core",
      "hunter2",
    ]);
    expect([bootstrap, user, password].map(isHidden)).toEqual([false, false, true]);
    expect([mechanism, protocol]).toEqual(["SCRAM-SHA-512", "SASL_SSL"]);
    const plain = externalKafka({ ...given, mechanism: "PLAIN", tls: false }).client("core");
    expect([plain.mechanism, plain.protocol]).toEqual(["PLAIN", "SASL_PLAINTEXT"]);
  });

  it("[G5] lies outside, and its clients may open the port of each broker and nothing else", () => {
    const { bootstrap } = externalKafka(given).topic("agent_events");
    const opened = bootstrap.grants.map(({ endpoint: { host, outside, ports } }) =>
      JSON.stringify([host, outside, ports]),
    );
    expect(new Set(opened)).toEqual(
      new Set([
        JSON.stringify(["b1.example.com", true, { server: { number: 9096 } }]),
        JSON.stringify(["b2.example.com", true, { server: { number: 9097 } }]),
      ]),
    );
  });

  it("knows topics by its own names, and gives none that is not given", () => {
    const kafka = externalKafka(given);
    expect(kafka.topic("agent_events").name).toBe("prod.agent_events");
    expect(() => kafka.topic("audit")).toThrow('no topic "audit" is given of Kafka; given are: agent_events');
    expect(() => kafka.client("web")).toThrow('no client "web" is given of Kafka; given are: core');
  });

  it.each([[], ["kafka"], ["kafka:0"], ["kafka:65536"], ["kafka://u:hunter2@kafka:9092"]])(
    "is not known by %j, and no part of it is repeated",
    (...bootstrap) => {
      const refused = () => externalKafka({ ...given, bootstrap });
      expect(refused).toThrow('as in "kafka.example.com:9092"');
      expect(refused).not.toThrow("hunter2");
    },
  );
});
