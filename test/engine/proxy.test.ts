import { execa } from "execa";
import { afterAll, beforeAll, expect, it } from "vitest";
import { embeddedReference } from "../../embedded/images/recipes.ts";
import type { Containers } from "../support/containers.ts";
import { openWith } from "../support/embedded-images.ts";
import { proxyFile } from "../support/proxy-file.ts";

let containers: Containers;

beforeAll(async () => {
  containers = await openWith("proxy", "caddy");
});
afterAll(() => containers.close());

it.each(["off", "internal", "acme"] as const)(
  "Caddy accepts the file of an entry point with TLS %s",
  async (tls) => {
    const { text } = await proxyFile(tls);
    const variables = {
      XDG_DATA_HOME: "/tmp",
      XDG_CONFIG_HOME: "/tmp",
      HOME: "/tmp",
      ACME_DIRECTORY: "https://acme.example.com/directory",
    };
    const flags = Object.entries(variables).flatMap(([key, value]) => ["--env", `${key}=${value}`]);
    const image = embeddedReference("caddy");
    const command = ["caddy", "validate", "--config", "-", "--adapter", "caddyfile"];
    const { all, exitCode } = await execa(
      "docker",
      ["run", "--rm", "--interactive", ...flags, image, ...command],
      { input: text, all: true, reject: false },
    );
    expect(exitCode, all).toBe(0);
  },
);
