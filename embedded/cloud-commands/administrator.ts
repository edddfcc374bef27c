import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { parse } from "yaml";
import { z } from "zod";
import { paths } from "../cluster/context.ts";

const schema = z.object({
  users: z.tuple([
    z.object({
      user: z.object({ "client-certificate-data": z.base64(), "client-key-data": z.base64() }),
    }),
  ]),
});

/**
 * Certificate and key of the administrator of this machine's control plane, as PEM.
 *
 * @throws Error if it was not started: how to
 */
export async function administrator(
  home: string,
): Promise<{ readonly certificate: string; readonly key: string }> {
  const { kubeconfig } = paths({ home });
  if (!existsSync(kubeconfig))
    throw new Error(
      "clusters of imagined clouds have this machine's control plane, which does not run: start it with: keelson cluster up",
    );
  const { users } = schema.parse(parse(await readFile(kubeconfig, "utf8")));
  const [{ user }] = users;
  const text = (data: string): string => Buffer.from(data, "base64").toString("utf8");
  return { certificate: text(user["client-certificate-data"]), key: text(user["client-key-data"]) };
}
