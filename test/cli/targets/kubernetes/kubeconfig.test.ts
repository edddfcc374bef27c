import * as path from "node:path";
import { expect, test } from "vitest";
import { stringify } from "yaml";
import { chooseKubeconfig } from "../../../../cli/targets/kubernetes/kubeconfig.ts";
import { temporaryFolder } from "../../../support/temporary-folder.ts";

/** A kubeconfig with a context for each of some clusters; the first is the current one. */
function kubeconfig(clusters: Readonly<Record<string, string>>, authority = "Y2E="): string {
  const names = Object.keys(clusters);
  return stringify({
    apiVersion: "v1",
    kind: "Config",
    clusters: names.map((name) => ({
      name,
      cluster: { server: clusters[name], "certificate-authority-data": authority },
    })),
    users: names.map((name) => ({ name, user: { token: name } })),
    contexts: names.map((name) => ({ name, context: { cluster: name, user: name } })),
    "current-context": names[0],
  });
}

const office = "https://office.example.com:6443";
const home = "https://10.90.0.1:6443";

/** A machine with these files, and what is chosen there. */
function choosing(files: Readonly<Record<string, string>>, settings = {}, variables = {}) {
  const folder = temporaryFolder({ "empty.txt": "", ...files });
  const environment = { HOME: folder, KEELSON_HOME: path.join(folder, "keelson"), ...variables };
  return {
    folder,
    choose: (listed: Record<string, string> = {}) =>
      chooseKubeconfig(settings, { folder, environment: { ...environment, ...listed } }),
  };
}

const server = ({ config }: ReturnType<typeof chooseKubeconfig>) => config.getCurrentCluster()?.server;

test("the kubeconfig that the stack names comes first; its path begins at the project's folder", () => {
  const files = { "mine.yaml": kubeconfig({ office }), ".kube/config": kubeconfig({ home }) };
  const { folder, choose } = choosing(files, { kubeconfig: "mine.yaml" });
  const chosen = choose({ KUBECONFIG: path.join(folder, ".kube/config") });
  expect(server(chosen)).toBe(office);
  expect(chosen.environment).toEqual({});
});

test("then KUBECONFIG, of whose files those that are missing count for nothing, and then the usual place", () => {
  const files = {
    "one.yaml": kubeconfig({ office }),
    "two.yaml": kubeconfig({ home }),
    ".kube/config": kubeconfig({ home }),
  };
  const { folder, choose } = choosing(files);
  const listed = ["missing.yaml", "one.yaml", "two.yaml"].map((name) => path.join(folder, name));
  const chosen = choose({ KUBECONFIG: listed.join(":") });
  expect(server(chosen)).toBe(office);
  expect(chosen.config.getContexts().map(({ name }) => name)).toEqual(["office", "home"]);
  expect(server(choose())).toBe(home);
});

test("where nothing is said, keelson's own cluster is used if it is up, and engine and plugins are told", () => {
  const { folder, choose } = choosing({ "keelson/cluster/kubeconfig": kubeconfig({ home }) });
  const file = path.join(folder, "keelson/cluster/kubeconfig");
  expect(choose()).toMatchObject({
    isOwnCluster: true,
    source: "keelson's own cluster on this machine",
    environment: { KUBECONFIG: file },
  });
});

test("keelson's own cluster is known by its address and its authority, whichever file leads there", () => {
  const own = { "keelson/cluster/kubeconfig": kubeconfig({ home }) };
  const at = (file: string) => choosing({ ...own, ".kube/config": file }).choose().isOwnCluster;
  expect(at(kubeconfig({ copied: home }))).toBe(true);
  expect(at(kubeconfig({ copied: home }, "b3RoZXI="))).toBe(false);
  expect(at(kubeconfig({ office }))).toBe(false);
});

test("a machine without any is told how to come to one", () => {
  const { folder, choose } = choosing({});
  expect(() => choose()).toThrow(
    `there is no kubeconfig: neither keelson:kubernetes.kubeconfig nor KUBECONFIG is set, and ${folder}/.kube/config is missing`,
  );
});

test("another context than the current one can be meant, and one that is not there is told with those that are", () => {
  const files = { ".kube/config": kubeconfig({ home, office }) };
  expect(server(choosing(files, { context: "office" }).choose())).toBe(office);
  const { choose } = choosing(files, { context: "ofice" });
  expect(() => choose()).toThrow(expect.objectContaining({ remedy: "name one that it has: home, office" }));
});

test("a file that is missing, or is no kubeconfig, is told", () => {
  expect(() => choosing({}, { kubeconfig: "no.yaml" }).choose()).toThrow(
    /\(no\.yaml\) names no file that there is/,
  );
  expect(() => choosing({ ".kube/config": "{ not yaml" }).choose()).toThrow(/\.kube\/config cannot be read/);
  expect(() => choosing({ ".kube/config": "apiVersion: v1\nkind: Config\n" }).choose()).toThrow(
    /does not say which cluster is meant/,
  );
});
