import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { embeddedReference } from "../../../embedded/images/recipes.ts";
import type { Containers, StartOptions } from "../../support/containers.ts";
import { openWith, volumeOf } from "../../support/embedded-images.ts";
import { hardened } from "../../support/hardened.ts";

const CADDYFILE = `
{
	admin off
}
:80 {
	log {
		format json
	}
	handle_path /api/files/* {
		reverse_proxy files:8000
	}
	handle /late {
		reverse_proxy late:8000 {
			lb_try_duration 20s
			lb_try_interval 100ms
		}
	}
}
localhost:8443 {
	tls internal
	respond "encrypted"
}
`;

let containers: Containers;
let configuration: string;
let pages: string;
beforeAll(async () => {
  containers = await openWith("caddy", "caddy");
  configuration = await volumeOf(containers, "configuration", 1000, { Caddyfile: CADDYFILE });
  pages = await volumeOf(containers, "pages", 0, { page: "a page", late: "better late" });
  await serve("files");
});
afterAll(() => containers.close());

function serve(name: string) {
  return containers.start(name, {
    Image: embeddedReference("busybox"),
    Cmd: ["httpd", "-f", "-p", "8000", "-h", "/pages"],
    HostConfig: { Binds: [`${pages}:/pages:ro`] },
  });
}

async function start(name: string, { HostConfig, ...options }: Partial<StartOptions> = {}) {
  const data = await volumeOf(containers, `${name}-data`, 1000);
  return containers.start(name, {
    Image: embeddedReference("caddy"),
    Cmd: ["caddy", "run", "--config", "/run/keelson/Caddyfile", "--adapter", "caddyfile"],
    User: "1000:1000",
    Env: ["XDG_CONFIG_HOME=/tmp/config"],
    HostConfig: hardened({
      Binds: [`${configuration}:/run/keelson:ro`],
      // What the image has in this folder is not copied: it belongs to root.
      Mounts: [
        {
          Type: "volume",
          Source: data,
          Target: "/data",
          VolumeOptions: { NoCopy: true, Labels: {}, DriverConfig: { Name: "local", Options: {} } },
        },
      ],
      ...HostConfig,
    }),
    ...options,
  });
}

it("[K6] [A4] proxies on port 80 with one capability, takes the prefix off, waits for late services, logs as JSON", async () => {
  const proxy = await start("proxy", { port: 80, HostConfig: { CapAdd: ["NET_BIND_SERVICE"] } });
  const get = async (path: string) => (await fetch(`http://${await proxy.address()}${path}`)).text();
  await vi.waitFor(async () => expect(await get("/api/files/page")).toBe("a page"), { timeout: 30_000 });

  const late = get("/late");
  await serve("late");
  expect(await late).toBe("better late");

  const lines = (await proxy.log()).split("\n").filter((line) => line.includes("handled request"));
  const { request }: { request: { uri: string } } = JSON.parse(lines[0]!.slice(lines[0]!.indexOf("{")));
  expect(request.uri).toBe("/api/files/page");
  expect(await proxy.run(["touch", "/etc/written"])).not.toBe(0);
  expect(await proxy.run(["test", "-s", "/data/caddy/pki/authorities/local/root.crt"])).toBe(0);
});

it("[K6] can't be started where its one capability is out of reach, like the official image", async () => {
  const proxy = await start("powerless");
  expect(await proxy.ended()).not.toBe(0);
  expect(await proxy.log()).toContain("Operation not permitted");
});
