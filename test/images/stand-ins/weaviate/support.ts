import { onTestFinished } from "vitest";
import { createApplication } from "../../../../images/stand-ins/weaviate/application.ts";
import { readSettings } from "../../../../images/stand-ins/weaviate/settings.ts";
import { Store } from "../../../../images/stand-ins/weaviate/store.ts";
import { temporaryFolder } from "../../../support/temporary-folder.ts";

/** A stand-in in this process, with data in a folder. */
export function startWeaviate(folder = temporaryFolder(), variables: Readonly<Record<string, string>> = {}) {
  const settings = readSettings([], { PERSISTENCE_DATA_PATH: folder, ...variables });
  const store = new Store(settings.folder);
  onTestFinished(() => store.close());
  const application = createApplication(store, settings);
  const ask = async (method: string, path: string, body?: unknown, key?: string) => {
    const response = await application.request(path, {
      method,
      headers: {
        "content-type": "application/json",
        ...(key !== undefined && { authorization: `Bearer ${key}` }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    // What it is depends on the request.
    // oxlint-disable-next-line typescript/no-explicit-any
    const answer: any = text === "" ? undefined : JSON.parse(text);
    return { status: response.status, answer };
  };
  return { ask, application, store };
}
