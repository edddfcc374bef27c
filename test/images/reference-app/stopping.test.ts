import { describe, expect, it, vi } from "vitest";
import { createApplication } from "../../../images/reference-app/application.ts";
import { startHttpServer, startService, startSilentServer } from "./support.ts";

describe("a service that is told to stop", () => {
  it("is not ready any more, and still alive", async () => {
    const { service } = await startService({});
    const ready = async (stopping: boolean) =>
      (await createApplication(service, () => stopping).request("/ready")).status;
    expect(await ready(false)).toBe(200);
    expect(await ready(true)).toBe(503);
    expect((await createApplication(service, () => true).request("/health")).status).toBe(200);
  });

  it("proves nothing any more", async () => {
    let proofs = 0;
    const port = await startHttpServer((_, response) => {
      proofs += 1;
      response.end();
    });
    const service = await startService({ ORCHESTRATOR_URL: `http://127.0.0.1:${port}` });
    await vi.waitFor(() => expect(proofs).toBeGreaterThan(1));
    await service.stop();
    const before = proofs;
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(proofs).toBe(before);
  });

  it("[G7] finishes the request under way, takes no more, and then has stopped", async () => {
    // A database that does not answer keeps the request under way until it hangs up.
    const database = await startSilentServer();
    const service = await startService({ DATABASE_URL: `postgresql://u:p@127.0.0.1:${database.port}/d` });
    const underWay = fetch(`${service.url}/items`);
    await vi.waitFor(() => expect(database.connections()).toBeGreaterThanOrEqual(2));

    let stopped = false;
    const stop = service.stop().then(() => (stopped = true));
    await expect(fetch(`${service.url}/health`)).rejects.toThrow("fetch failed");
    expect(stopped).toBe(false);

    database.hangUp();
    expect((await underWay).status).toBe(503);
    await stop;
  });

  it("cuts off what is still under way when the time to stop is over", async () => {
    const database = await startSilentServer();
    const service = await startService(
      { DATABASE_URL: `postgresql://u:p@127.0.0.1:${database.port}/d` },
      0.2,
    );
    const underWay = fetch(`${service.url}/items`);
    const outcome = underWay.catch(() => "cut off");
    await vi.waitFor(() => expect(database.connections()).toBeGreaterThanOrEqual(2));
    const started = performance.now();
    await service.stop();
    expect(performance.now() - started).toBeLessThan(2_000);
    expect(await outcome).toBe("cut off");
  });

  it("tells the client of a request under way that the connection ends with it", async () => {
    const database = await startSilentServer();
    const service = await startService({ DATABASE_URL: `postgresql://u:p@127.0.0.1:${database.port}/d` });
    const underWay = fetch(`${service.url}/items`);
    await vi.waitFor(() => expect(database.connections()).toBeGreaterThanOrEqual(2));
    const stop = service.stop();
    database.hangUp();
    const response = await underWay;
    expect(response.headers.get("connection")).toBe("close");
    await stop;
  });
});
