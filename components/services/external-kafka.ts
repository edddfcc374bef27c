import * as pulumi from "@pulumi/pulumi";
import { type Endpoint, Reference } from "../model/reference.ts";
import type { SaslLogin } from "../model/scaling.ts";
import type { KafkaServer } from "./kafka.ts";

/** Arguments of {@link externalKafka}. */
export interface ExternalKafkaArgs {
  /** Every broker, as `host:port`: clients are told of all by the first, and may open those that stand here. */
  readonly bootstrap: readonly string[];
  /** Users that are there, by the name that a client asks for; what each may is for those who run the server. */
  readonly clients: Readonly<Record<string, GivenKafkaClient>>;
  /** Topics that are there, by the name that is asked for: what each is called on the server. */
  readonly topics: Readonly<Record<string, string>>;
  /** @defaultValue "SCRAM-SHA-512" */
  readonly mechanism?: SaslLogin["mechanism"];
  /**
   * Whether connections are encrypted.
   *
   * @defaultValue true
   */
  readonly tls?: boolean;
}

/** A user that somebody else made. */
export interface GivenKafkaClient {
  readonly user: string;
  readonly password: pulumi.Input<string>;
}

/**
 * A Kafka server that somebody else runs; its clients may leave the private networks towards its brokers.
 *
 * @throws InputPropertiesError if a broker is not written as `host:port`, or there is none
 */
export function externalKafka(args: ExternalKafkaArgs): KafkaServer {
  const { bootstrap: brokers, clients, topics, mechanism = "SCRAM-SHA-512", tls = true } = args;
  if (brokers.length === 0)
    throw refused("bootstrap", `no broker is given; write them as in "kafka.example.com:9092"`);
  const addresses = brokers.map((broker) => Reference.to(endpointOf(broker), "server"));
  const bootstrap = Reference.join(["", ...addresses.slice(1).map(() => ","), ""], addresses);
  return {
    topic: (name) => ({ name: given("topics", "topic", topics, name), bootstrap }),
    client(name) {
      const { user, password } = given("clients", "client", clients, name);
      return {
        bootstrap,
        user: Reference.plain(user),
        password: Reference.hidden(password),
        mechanism,
        protocol: tls ? "SASL_SSL" : "SASL_PLAINTEXT",
      };
    },
  };
}

function endpointOf(broker: string): Endpoint {
  const [, host, port] = /^([A-Za-z0-9.-]+):(\d{1,5})$/.exec(broker) ?? [];
  const number = Number(port);
  // What can't be read may hold a password, so it is not repeated.
  if (!host || number < 1 || number > 65535)
    throw refused("bootstrap", `a broker can't be read; write it as in "kafka.example.com:9092"`);
  return { host, ports: { server: { number } }, ready: [], outside: true };
}

function given<Given>(
  propertyPath: string,
  what: string,
  all: Readonly<Record<string, Given>>,
  name: string,
): Given {
  const found = all[name];
  if (found !== undefined) return found;
  const known = Object.keys(all).join(", ") || "none";
  throw refused(propertyPath, `no ${what} "${name}" is given of Kafka; given are: ${known}`);
}

function refused(propertyPath: string, reason: string): pulumi.InputPropertiesError {
  return new pulumi.InputPropertiesError({ message: reason, errors: [{ propertyPath, reason }] });
}
