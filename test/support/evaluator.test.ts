import type { V1LabelSelector } from "@kubernetes/client-node";
import { describe, expect, it } from "vitest";
import { matches, mayOpen, type Pod } from "./evaluator.ts";
import { namespaces, pods, type Policy, policy } from "./evaluator-world.ts";

const { web, api, bare, far, farther } = pods;
const http = { number: 80, transport: "TCP" };

const opens = (policies: readonly Policy[], client: Pod | string, server: Pod | string, port = http) =>
  mayOpen({ namespaces, policies }, client, server, port);

describe("network policies", () => {
  it("leave a pod open that none of them selects, and close one that one selects without a rule", () => {
    const closed = [policy({ podSelector: { matchLabels: { app: "api" } } })];
    expect(opens([], web, api)).toBe(true);
    expect(opens(closed, web, api)).toBe(false);
    expect(opens(closed, web, bare)).toBe(true);
    expect(opens(closed, api, web), "nothing is said of egress").toBe(true);
    expect(opens(closed, api, api), "a pod always reaches itself").toBe(true);
  });

  it("are about egress only if they say so or have rules for it", () => {
    const to = [{ podSelector: { matchLabels: { app: "api" } } }];
    const egress = policy({ podSelector: {}, egress: [{ to }] });
    expect(opens([egress], web, bare)).toBe(false);
    expect(opens([egress], far, web), "a policy with rules for egress closes ingress, too").toBe(false);
    expect(opens([policy({ podSelector: {}, policyTypes: ["Egress"] })], far, web)).toBe(true);
    expect(opens([policy({ podSelector: {}, policyTypes: ["Ingress"], egress: [] })], web, bare)).toBe(false);
    expect(opens([policy({ podSelector: {}, policyTypes: ["Ingress"] })], web, far)).toBe(true);
    expect(opens([policy({ podSelector: {}, policyTypes: ["Ingress"], egress: [{ to }] })], web, far)).toBe(
      true,
    );
  });

  it("mean pods of their own namespace unless they select namespaces, and both in one peer together", () => {
    const from = (peer: object) => [policy({ podSelector: {}, ingress: [{ from: [peer] }] })];
    const app = { matchLabels: { app: "web" } };
    const team = { matchLabels: { team: "b" } };
    expect(opens(from({ podSelector: app }), far, api)).toBe(false);
    expect(opens(from({ podSelector: app }), web, api)).toBe(true);
    expect(opens(from({ namespaceSelector: team }), farther, api)).toBe(true);
    expect(opens(from({ namespaceSelector: team }), web, api)).toBe(false);
    expect(opens(from({ namespaceSelector: team, podSelector: app }), farther, api)).toBe(false);
    expect(opens(from({ namespaceSelector: team, podSelector: app }), far, api)).toBe(true);
    expect(opens(from({ namespaceSelector: {} }), far, api), "an empty selector means all").toBe(true);
  });

  it("take the rules that the client library has read, too", () => {
    const read = policy({ podSelector: {}, ingress: [{ _from: [{ namespaceSelector: {} }] }] });
    expect(opens([read], far, api)).toBe(true);
    expect(opens([read], "10.0.0.9", api)).toBe(false);
  });

  it("know blocks of addresses, and what is excepted from them", () => {
    const ipBlock = { cidr: "10.0.0.0/16", except: ["10.0.1.0/24"] };
    const open = [policy({ podSelector: {}, policyTypes: ["Egress"], egress: [{ to: [{ ipBlock }] }] })];
    expect(opens(open, web, "10.0.0.9")).toBe(true);
    expect(opens(open, web, "10.0.1.9")).toBe(false);
    expect(opens(open, web, "192.168.0.9")).toBe(false);
    const all = (cidr: string) => [policy({ podSelector: {}, egress: [{ to: [{ ipBlock: { cidr } }] }] })];
    expect(opens(all("0.0.0.0/0"), web, "2001:db8::1")).toBe(false);
    expect(opens(all("::/0"), web, "2001:db8::1")).toBe(true);
    expect(opens(all("::/0"), web, "10.0.0.9")).toBe(false);
  });

  it("state ports by number, range or name, and mean TCP unless they say otherwise", () => {
    const stated = (port: object) => [policy({ podSelector: {}, ingress: [{ ports: [port] }] })];
    const udp = { number: 80, transport: "UDP" };
    expect(opens(stated({ port: 80 }), web, api)).toBe(true);
    expect(opens(stated({ port: 80 }), web, api, udp)).toBe(false);
    expect(opens(stated({ port: 80, protocol: "UDP" }), web, api, udp)).toBe(true);
    expect(opens(stated({ port: 79, endPort: 81 }), web, api)).toBe(true);
    expect(opens(stated({ port: 79, endPort: 79 }), web, api)).toBe(false);
    expect(opens(stated({ port: "web" }), web, api)).toBe(true);
    expect(opens(stated({ port: "sql" }), web, api)).toBe(false);
    expect(opens(stated({ protocol: "UDP" }), web, api, udp)).toBe(true);
    expect(opens(stated({ protocol: "UDP" }), web, api)).toBe(false);
    const named = [policy({ podSelector: {}, egress: [{ ports: [{ port: "web" }] }] })];
    expect(opens(named, web, "10.0.0.9"), "an address has no names for its ports").toBe(false);
  });

  it("need the leave of both ends", () => {
    const out = policy({
      podSelector: { matchLabels: { app: "web" } },
      policyTypes: ["Egress"],
      egress: [{}],
    });
    const closed = policy({ podSelector: {}, policyTypes: ["Ingress", "Egress"] });
    const into = policy({ podSelector: { matchLabels: { app: "api" } }, ingress: [{}] });
    expect(opens([closed, out], web, api)).toBe(false);
    expect(opens([closed, into], web, api)).toBe(false);
    expect(opens([closed, into, out], web, api)).toBe(true);
  });

  it("are refused with a peer that says nothing or too much, as the API server refuses them", () => {
    const from = (peer: object) => [policy({ podSelector: {}, ingress: [{ from: [peer] }] })];
    expect(() => opens(from({}), web, api)).toThrow("a peer has to say what it is");
    const both = from({ ipBlock: { cidr: "0.0.0.0/0" }, podSelector: {} });
    expect(() => opens(both, web, api)).toThrow("either addresses or pods");
  });
});

describe("a selector", () => {
  it.each([
    ["In", ["web", "api"], [true, false, false]],
    ["NotIn", ["web", "api"], [false, true, true]],
    ["Exists", undefined, [true, true, false]],
    ["DoesNotExist", undefined, [false, false, true]],
  ])("%s %j", (operator, values, expected) => {
    const selector: V1LabelSelector = {
      matchExpressions: [{ key: "app", operator, ...(values && { values }) }],
    };
    expect(
      [{ app: "web" }, { app: "db" }, { tier: "web" }].map((labels) => matches(selector, labels)),
    ).toEqual(expected);
  });

  it("with an operator that there is not is refused", () => {
    const selector = { matchExpressions: [{ key: "app", operator: "Like", values: ["w*"] }] };
    expect(() => matches(selector, { app: "web" })).toThrow('no selector has the operator "Like"');
  });
});
