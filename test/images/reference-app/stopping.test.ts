import { describe, expect, it, vi } from "vitest";
import { startService, startSilentServer } from "./support.ts";

describe("a service that is told to stop", () => {
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
