import { randomUUID } from "node:crypto";
import type { Protocol } from "./protocol.ts";

const COLLECTION = "reference_proof";

/** A document of its own in the database of the URL, written anew and found. */
export const mongodb: Protocol = {
  title: "MongoDB",
  sign: { schemes: { mongodb: 27017 } },
  async prove({ url, service, signal }) {
    const { MongoClient } = await import("mongodb");
    const client = new MongoClient(url.href, {
      maxPoolSize: 1,
      // The client goes on trying for so long before it says why it can't connect.
      serverSelectionTimeoutMS: 2_000,
    });
    const abandon = () => void client.close();
    signal.addEventListener("abort", abandon, { once: true });
    try {
      // The database of the URL, as the user's own is named there.
      const proofs = client.db().collection<{ _id: string; written: string }>(COLLECTION);
      const written = randomUUID();
      await proofs.updateOne({ _id: service }, { $set: { written } }, { upsert: true });
      const found = await proofs.findOne({ _id: service, written });
      if (!found) {
        throw new Error(`document ${service} was written to ${proofs.namespace}, but is not there`);
      }
      return `document ${service} written to ${proofs.namespace} and found`;
    } finally {
      signal.removeEventListener("abort", abandon);
      await client.close();
    }
  },
};
