import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { getRequestListener } from "@hono/node-server";
import { describe, expect, it, onTestFinished } from "vitest";
import { startQdrant } from "./support.ts";

async function filled() {
  const qdrant = startQdrant();
  await qdrant.ask("PUT", "/collections/places", { vectors: { size: 1, distance: "Dot" } });
  await qdrant.ask("PUT", "/collections/places/points", { points: [{ id: 1, vector: [1] }] });
  const { result } = await qdrant.ask("POST", "/collections/places/snapshots");
  const snapshot: { name: string; size: number; checksum: string } = result;
  return { ...qdrant, snapshot };
}

const countIn = async ({ ask }: Pick<ReturnType<typeof startQdrant>, "ask">) =>
  (await ask("POST", "/collections/places/points/count", {})).result.count;

describe("a snapshot of the stand-in for Qdrant", () => {
  it("is made, listed, fetched whole and removed", async () => {
    const { ask, application, snapshot } = await filled();
    expect((await ask("GET", "/collections/places/snapshots")).result).toEqual([snapshot]);
    const fetched = await application.request(`/collections/places/snapshots/${snapshot.name}`);
    expect((await fetched.bytes()).length).toBe(snapshot.size);
    await ask("DELETE", `/collections/places/snapshots/${snapshot.name}`);
    expect((await ask("GET", "/collections/places/snapshots")).result).toEqual([]);
  });

  it("brings a collection back to what it was, from the server's own folder", async () => {
    const qdrant = await filled();
    await qdrant.ask("PUT", "/collections/places/points", { points: [{ id: 2, vector: [2] }] });
    expect(await countIn(qdrant)).toBe(2);
    const location = `file://${qdrant.folder}/snapshots/places/${qdrant.snapshot.name}`;
    const { checksum } = qdrant.snapshot;
    const recovered = await qdrant.ask("PUT", "/collections/places/snapshots/recover", {
      location,
      checksum,
    });
    expect(recovered).toMatchObject({ status: 200, result: true });
    expect(await countIn(qdrant)).toBe(1);
  });

  it("makes the collection on another server, from an upload or from an address", async () => {
    const { application, snapshot } = await filled();
    const path = `/collections/places/snapshots/${snapshot.name}`;
    const uploaded = startQdrant();
    const form = new FormData();
    form.set("snapshot", new Blob([await (await application.request(path)).bytes()]), "places.snapshot");
    const answer = await uploaded.application.request("/collections/places/snapshots/upload", {
      method: "POST",
      body: form,
    });
    expect(answer.status).toBe(200);

    const server = createServer(getRequestListener(application.fetch));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => void server.close());
    const recovered = startQdrant();
    const location = `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`;
    await recovered.ask("PUT", "/collections/places/snapshots/recover", { location });
    expect(await Promise.all([uploaded, recovered].map(countIn))).toEqual([1, 1]);
  });

  it("is refused with another checksum, from another folder, or if it is none, and nothing is lost", async () => {
    const qdrant = await filled();
    const { ask, application, folder, snapshot } = qdrant;
    const recover = (body: object) => ask("PUT", "/collections/places/snapshots/recover", body);
    const location = `file://${folder}/snapshots/places/${snapshot.name}`;
    expect(await recover({ location, checksum: "0".repeat(64) })).toMatchObject({
      status: 400,
      error: expect.stringContaining("checksum mismatch"),
    });
    expect((await recover({ location: "file:///etc/hostname" })).status).toBe(400);
    const form = new FormData();
    form.set("snapshot", new Blob(["a tar file, for instance"]), "places.snapshot");
    const answer = await application.request("/collections/places/snapshots/upload", {
      method: "POST",
      body: form,
    });
    expect(await answer.text()).toContain("not a snapshot of this stand-in for Qdrant");
    expect(await countIn(qdrant)).toBe(1);
  });
});
