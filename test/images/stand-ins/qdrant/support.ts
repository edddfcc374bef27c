import { onTestFinished } from "vitest";
import { createApplication } from "../../../../images/stand-ins/qdrant/application.ts";
import { readSettings } from "../../../../images/stand-ins/qdrant/settings.ts";
import { Store } from "../../../../images/stand-ins/qdrant/store.ts";
import { temporaryFolder } from "../../../support/temporary-folder.ts";

/** The API's answer: its status, and what it says. */
export interface Answer {
  readonly status: number;
  // What the result is depends on the request.
  // oxlint-disable-next-line typescript/no-explicit-any
  readonly result: any;
  readonly error: string | undefined;
}

/** A stand-in in this process, with data in a folder. */
export function startQdrant(folder = temporaryFolder(), variables: Readonly<Record<string, string>> = {}) {
  const settings = readSettings([], {
    QDRANT__STORAGE__STORAGE_PATH: `${folder}/storage`,
    QDRANT__STORAGE__SNAPSHOTS_PATH: `${folder}/snapshots`,
    ...variables,
  });
  const store = new Store(settings.storage.storage_path);
  onTestFinished(() => store.close());
  const application = createApplication(store, settings);
  const ask = async (
    method: string,
    path: string,
    body?: unknown,
    headers: Readonly<Record<string, string>> = {},
  ) => {
    const response = await application.request(path, {
      method,
      headers: { "content-type": "application/json", ...headers },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const { result, status }: { result?: unknown; status?: { error?: string } } = text.startsWith("{")
      ? JSON.parse(text)
      : {};
    return {
      status: response.status,
      result,
      error: status?.error ?? (text.startsWith("{") ? undefined : text),
    } as Answer;
  };
  return { ask, application, store, folder };
}
