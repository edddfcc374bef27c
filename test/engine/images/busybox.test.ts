import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { embeddedReference } from "../../../embedded/images/recipes.ts";
import type { Containers, Started } from "../../support/containers.ts";
import { openWith } from "../../support/embedded-images.ts";
import { hardened } from "../../support/hardened.ts";

let containers: Containers;
let guest: Started;
const BUSYBOX = "/run/keelson-tools/busybox";

beforeAll(async () => {
  containers = await openWith("busybox", "node");
  const volume = await containers.volume("tools");
  const copying = await containers.start("copying", {
    Image: embeddedReference("busybox"),
    Cmd: ["cp", "/bin/busybox", BUSYBOX],
    HostConfig: hardened({ Binds: [`${volume}:/run/keelson-tools`] }),
  });
  if ((await copying.ended()) !== 0) throw new Error(`no busybox was copied: ${await copying.log()}`);
  await containers.start("server", {
    Image: embeddedReference("busybox"),
    Cmd: ["httpd", "-f", "-p", "8000", "-h", "/etc"],
  });
  guest = await containers.start("guest", {
    Image: embeddedReference("node"),
    Entrypoint: [BUSYBOX, "sh", "-c", 'exec "$@"', "--", "node", "--eval", "setInterval(() => {}, 1000)"],
    User: "1000:1000",
    HostConfig: hardened({ Binds: [`${volume}:/run/keelson-tools:ro`] }),
  });
});
afterAll(() => containers.close());

describe("busybox in the container of an image without any tools", () => {
  it.each([
    ["finds a page", ["wget", "-q", "-O", "/dev/null", "http://server:8000/passwd"], 0],
    ["misses a page", ["wget", "-q", "-O", "/dev/null", "http://server:8000/none"], 1],
    ["finds nobody at a port by HTTP", ["wget", "-q", "-O", "/dev/null", "http://server:8001/"], 1],
    ["connects to a port", ["nc", "-w", "2", "server", "8000", "-e", BUSYBOX, "true"], 0],
    ["finds nobody at a port", ["nc", "-w", "2", "server", "8001", "-e", BUSYBOX, "true"], 1],
    ["finds no such host", ["nc", "-w", "2", "nobody.invalid", "8000", "-e", BUSYBOX, "true"], 1],
    ["ends what takes too long", ["timeout", "1", BUSYBOX, "sleep", "30"], 143],
  ])("%s", async (_, command, status) => {
    expect(await guest.run([BUSYBOX, ...command])).toBe(status);
  });
});

describe("the node image", () => {
  it.each([
    ["runs as an ordinary user", "assert.equal(process.getuid(), 1000)"],
    ["is known by its name", "assert.equal(os.userInfo().username, 'node')"],
    ["resolves names", "dns.promises.lookup('server').then(({ address }) => assert.ok(address))"],
    [
      "has the certificates of authorities",
      "assert.ok(fs.statSync('/etc/ssl/certs/ca-certificates.crt').size > 100_000)",
    ],
    [
      "writes to its temporary folder only",
      "fs.writeFileSync('/tmp/x', ''); assert.throws(() => fs.writeFileSync('/home/node/x', ''))",
    ],
  ])("%s", async (_, script) => {
    expect(await guest.run(["node", "--eval", script])).toBe(0);
  });
});
