import * as pulumi from "@pulumi/pulumi";
import { RandomId } from "@pulumi/random";
import { images } from "../images.ts";
import { Reference } from "../model/reference.ts";
import type { Target } from "../model/target.ts";
import type { SaslLogin } from "../model/scaling.ts";
import type { Resources } from "../model/workload.ts";
import { password } from "../secrets/password.ts";
import { type KafkaAdministration, makeClient, makeTopic } from "./kafka-administration.ts";
import { kafkaRecipe } from "./kafka-recipe.ts";

/** Arguments of {@link Kafka}. */
export interface KafkaArgs {
  readonly target: Target;
  /** @defaultValue the catalogue's */
  readonly image?: string;
  /**
   * Of each copy. Half of the memory is the program's own; by the rest, the kernel keeps what was written lately.
   *
   * @defaultValue {@link KAFKA_RESOURCES}
   */
  readonly resources?: Resources;
  /**
   * Room of each copy for messages, in GiB; raised later at will, never lowered.
   *
   * @defaultValue 20
   */
  readonly storageGiB?: number;
  /**
   * One broker, or three that go on without any one of them; a target that can't have more runs one. With three, each
   * message is kept by all and acknowledged by two. Decided before the first start: the data of one broker can't become
   * that of three.
   *
   * @defaultValue 1
   */
  readonly copies?: 1 | 3;
}

/** A Kafka server, whoever runs it. */
export interface KafkaServer {
  /**
   * A topic that is there once a client may use it.
   *
   * @param name - small letters, digits, underscores and hyphens
   * @throws ResourceError or InputPropertiesError if the name can't be one, or the server has no way to such a topic
   */
  topic(name: string, args?: KafkaTopicArgs): KafkaTopic;
  /**
   * A user of one client's own. Topics, consumer groups and transactions whose names begin with the user's and a full
   * stop are the client's own, which it makes and removes as it likes.
   *
   * @param name - small letters, digits and hyphens
   * @throws ResourceError or InputPropertiesError if the name can't be one, or the server has no way to such a user
   */
  client(name: string, args?: KafkaClientArgs): KafkaClient;
}

/** What a topic is to be. */
export interface KafkaTopicArgs {
  /**
   * Parts of which each is read by one consumer of a group; raised later at will, never lowered.
   *
   * @defaultValue 4
   */
  readonly partitions?: number;
  /**
   * How long messages are kept, in days.
   *
   * @defaultValue 7
   */
  readonly retentionDays?: number;
}

/** A topic that several clients may use. */
export interface KafkaTopic {
  readonly name: string;
  /** Brokers, as `host:port` with commas between them, once the topic is there. */
  readonly bootstrap: Reference;
}

/** What a client may do beyond its own topics and consumer groups. */
export interface KafkaClientArgs {
  /**
   * Topics that it writes to and reads from.
   *
   * @defaultValue none but its own
   */
  readonly topics?: readonly KafkaTopic[];
  /**
   * Consumer groups by which it reads them.
   *
   * @defaultValue one of the client's name
   */
  readonly groups?: readonly string[];
}

/** What a client is told: it is the `login` of a signal of the kind "lag" as it stands. */
export interface KafkaClient extends SaslLogin {
  /** Brokers, as `host:port` with commas between them, once the user and the topics are there. */
  readonly bootstrap: Reference;
}

/** Enough for some thousand messages a second. */
export const KAFKA_RESOURCES: Resources = {
  cpuRequest: 0.5,
  cpuLimit: 2,
  memoryRequestMiB: 2048,
  memoryLimitMiB: 2048,
};

/**
 * A Kafka server: brokers that keep their own quorum (KRaft) and ask their clients who they are. ZooKeeper is at its end
 * of life, and Kafka 4 knows it no more.
 */
export class Kafka extends pulumi.ComponentResource implements KafkaServer {
  readonly #name: string;
  readonly #administration: KafkaAdministration;

  constructor(name: string, args: KafkaArgs, opts?: pulumi.ComponentResourceOptions) {
    super("keelson:services:Kafka", name, {}, opts);
    const { target, image = images.kafka, resources = KAFKA_RESOURCES, storageGiB = 20, copies = 1 } = args;
    // 128 bits in 22 letters of base64, as `kafka-storage.sh random-uuid` makes it: no secret, but for good.
    const cluster = new RandomId(`${name}-cluster`, { byteLength: 16 }, { parent: this, protect: true });
    const admin = password(`${name}-admin`, this);
    const settings = { image, resources, storageGiB, admin, clusterId: Reference.plain(cluster.b64Url) };
    this.#name = name;
    this.#administration = {
      target,
      image,
      server: target.run(name, (site) => kafkaRecipe(settings, site), { parent: this, copies }),
      password: admin,
    };
    this.registerOutputs({});
  }

  topic(name: string, args: KafkaTopicArgs = {}): KafkaTopic {
    return makeTopic(name, args, this.#name, this.#administration, this);
  }

  client(name: string, args: KafkaClientArgs = {}): KafkaClient {
    return makeClient(name, args, this.#name, this.#administration, this);
  }
}
