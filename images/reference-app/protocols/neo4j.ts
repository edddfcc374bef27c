import { randomUUID } from "node:crypto";
import { codeOf } from "../errors.ts";
import type { Protocol } from "./protocol.ts";

/** A node of its own, written by Bolt, and found and deleted by what it holds. */
export const neo4j: Protocol = {
  title: "Neo4j",
  sign: { schemes: { neo4j: 7687, bolt: 7687 } },
  async prove({ url, service, variables, signal }) {
    const { default: client } = await import("neo4j-driver");
    const { NEO4J_USERNAME: user = "neo4j", NEO4J_PASSWORD: password = "" } = variables;
    // Beside the URL, within which drivers take no credentials.
    const driver = client.driver(url.href, client.auth.basic(user, password), {
      maxConnectionPoolSize: 1,
      telemetryDisabled: true,
    });
    const abandon = () => void driver.close();
    signal.addEventListener("abort", abandon, { once: true });
    // One session, since in a cluster only its own reads are sure to see what it wrote. It tries nothing again by itself.
    const session = driver.session();
    try {
      const proof = { service, written: randomUUID() };
      await session.run(WRITE, proof);
      const { records } = await session.run(FIND, proof);
      if (records.length === 0)
        throw new Error(`node ReferenceProof of ${service} was written, but is not there`);
      return `node ReferenceProof of ${service} written and found`;
    } catch (error) {
      throw withReason(error);
    } finally {
      signal.removeEventListener("abort", abandon);
      await driver.close();
    }
  },
};

const WRITE = "CREATE (:ReferenceProof {service: $service, written: $written})";
const FIND = `MATCH (proof:ReferenceProof {service: $service, written: $written})
  DETACH DELETE proof RETURN 1 AS found`;

/** Why the server can't be reached: the driver has it in the causes of its error, at the end of advice. */
function withReason(error: unknown): unknown {
  if (!(error instanceof Error) || !UNREACHED.includes(codeOf(error) ?? "")) return error;
  if (error.cause) return withReason(error.cause);
  const [, reason] = error.message.split(" Caused by: ");
  return reason === undefined ? error : new Error(reason, { cause: error });
}

/** Codes that the driver itself gives; those of servers have more parts. */
const UNREACHED = ["ServiceUnavailable", "SessionExpired"];
