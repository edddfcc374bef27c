import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { checkService as check } from "../../cli/health.ts";
import { asker } from "../../cli/request.ts";

const hasty = { tries: 3, pauseMilliseconds: 1 };
const checkService = (name: string, url: string, patience = hasty) => check(name, url, asker(), patience);

/** A server on this machine, and the address of its health. */
async function serving(answer: RequestListener): Promise<string> {
  const server = createServer(answer);
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/tools/health`;
}

test("[G15] a service that answers 200 is well", async () => {
  const url = await serving((_, response) => response.end("ok"));
  const [health, ...rest] = await checkService("tools", url);
  expect(health).toMatchObject({ kind: "service", name: "tools", outcome: "good" });
  expect(health!.detail).toMatch(/answers 200 in \d+ ms$/);
  expect(rest).toEqual([]);
});

test("[G15] a service may need some tries to be well", async () => {
  let asked = 0;
  const url = await serving((_, response) => response.writeHead(++asked < 3 ? 503 : 200).end());
  expect(await checkService("tools", url)).toMatchObject([{ outcome: "good" }]);
});

test("[G15] a service that keeps failing is asked a bounded number of times, and its answer is told", async () => {
  let asked = 0;
  const url = await serving((_, response) => {
    asked++;
    response.writeHead(503).end();
  });
  const [health] = await checkService("tools", url);
  expect(health).toMatchObject({ outcome: "bad", detail: `${url} answers 503 (asked 3 times)` });
  expect(asked).toBe(3);
});

test("a redirection is not an answer of 200", async () => {
  const url = await serving((_, response) => response.writeHead(302, { location: "/login" }).end());
  expect(await checkService("tools", url)).toMatchObject([{ outcome: "bad" }]);
});

test("a service that is not there is told with the reason", async () => {
  const url = await serving(() => undefined);
  const closed = new URL(url);
  closed.port = "9";
  const [health] = await checkService("tools", closed.href, { tries: 1, pauseMilliseconds: 1 });
  expect(health).toMatchObject({ outcome: "bad" });
  expect(health!.detail).toMatch(/does not answer: .+ \(asked once\)$/);
});

test("what a service says of its dependencies is shown as well", async () => {
  const dependencies = [
    {
      name: "DATABASE_URL",
      protocol: "PostgreSQL",
      ok: true,
      detail: "wrote and read a row",
      milliseconds: 4.2,
    },
    { name: "REDIS_URL", protocol: "Redis", ok: false, detail: "wrong password", milliseconds: null },
  ];
  const url = await serving(({ url: path }, response) =>
    response.end(path === "/api/tools/wiring" ? JSON.stringify({ service: "tools", dependencies }) : "ok"),
  );
  const [, ...wires] = await checkService("tools", url);
  expect(wires).toMatchObject([
    {
      kind: "wire",
      name: "tools → DATABASE_URL",
      outcome: "good",
      detail: "PostgreSQL, wrote and read a row, 4 ms",
    },
    { kind: "wire", name: "tools → REDIS_URL", outcome: "bad", detail: "Redis, wrong password" },
  ]);
});
