import { expect, test } from "vitest";
import { contexts } from "../../../../cli/targets/kubernetes/offers.ts";
import { temporaryFolder } from "../../../support/temporary-folder.ts";

const kubeconfig = `apiVersion: v1
kind: Config
current-context: office
clusters:
  - { name: one, cluster: { server: "https://one.example.com" } }
  - { name: two, cluster: { server: "https://two.example.com" } }
users: [{ name: me, user: {} }]
contexts:
  - { name: home, context: { cluster: one, user: me } }
  - { name: office, context: { cluster: two, user: me } }
`;

test("[K12] the contexts of the kubeconfig are offered, the current one first", async () => {
  const folder = temporaryFolder({ config: kubeconfig });
  expect(await contexts({ KUBECONFIG: `${folder}/config`, HOME: folder })).toEqual({
    context: [
      { value: "office", hint: "cluster two" },
      { value: "home", hint: "cluster one" },
    ],
  });
});

test("without a kubeconfig nothing is offered", async () => {
  const folder = temporaryFolder();
  expect(await contexts({ HOME: folder, KEELSON_HOME: folder })).toEqual({});
});
