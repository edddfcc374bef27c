import { readFile } from "node:fs/promises";
import path from "node:path";
import neo4j from "neo4j-driver";
import { parse } from "yaml";
import { FILES } from "../../components/model/workload.ts";
import type { DockerStack } from "./docker-stack.ts";
import type { LiveStack } from "./live-stack.ts";

/**
 * Gives a stack the key that it needs, as whoever brings it up does.
 *
 * @returns What its file says of it, encrypted, to be kept when other settings change
 */
export async function giveKey(stack: LiveStack, key: string): Promise<Readonly<Record<string, unknown>>> {
  const setting = "keelson:orchestration";
  await stack.done(
    "pulumi",
    ...["--", "config", "set", "--secret", "--path", `${setting}.openaiApiKey`, key],
  );
  const file = await readFile(path.join(stack.folder, `Pulumi.${stack.name}.yaml`), "utf8");
  return { [setting]: parse(file).config[setting] };
}

/** Runs a statement by Bolt, as those who run the platform do; gives the first column. */
export async function askGraph(
  port: number,
  { user, password }: { readonly user: string; readonly password: string },
  statement: string,
): Promise<unknown[]> {
  const driver = neo4j.driver(`bolt://127.0.0.1:${port}`, neo4j.auth.basic(user, password), {
    telemetryDisabled: true,
  });
  try {
    const { records } = await driver.executeQuery(statement);
    return records.map((record) => record.get(0) as unknown);
  } finally {
    await driver.close();
  }
}

/** Runs one of Kafka's own programs in the broker's container, as its administrator; gives what it printed. */
export async function askKafka(stack: DockerStack, script: string): Promise<string> {
  const login = `$(grep -m1 -o 'org.apache.kafka.common.security.plain[^;]*;' ${FILES}/server.properties)`;
  const prepare = `umask 077
export KAFKA_HEAP_OPTS=-Xmx64m PATH=$PATH:/opt/kafka/bin
{ echo security.protocol=SASL_PLAINTEXT; echo sasl.mechanism=PLAIN; echo "sasl.jaas.config=${login}"; } > /tmp/client.properties`;
  const { exitCode, output } = await stack.output("kafka", "bash", "-c", `${prepare}\n${script}`);
  if (exitCode !== 0) throw new Error(`Kafka's program ended with ${exitCode}:\n${output}`);
  return output;
}
