import { expect, test } from "vitest";
import { complaint } from "../../cli/complaint.ts";

test("the errors of a report in JSON are joined, and warnings left out", () => {
  const diagnostics = [
    {
      severity: "error",
      message: "\u001B[31merror: \u001B[0mthe stack's settings have 2 mistakes:\n  a\n  b\n",
    },
    { severity: "warning", message: "warning: old" },
    { severity: "error", message: "error: no plugin\n" },
  ];
  const output = JSON.stringify({ steps: [], diagnostics });
  expect(complaint(output)).toBe("the stack's settings have 2 mistakes:\n  a\n  b\nno plugin");
});

test("an error in text goes on until the next blank line", () => {
  expect(complaint("Previewing\n\nerror: it broke\n  here\n\nmore\n")).toBe("it broke\n  here");
});

test("the errors among events are joined, and what else is told is left out", () => {
  const told = (severity: string, message: string) =>
    JSON.stringify({ diagnosticEvent: { severity, message } });
  const events = [
    '{"sequence":0,"policyLoadEvent":{}}',
    told("debug", "calling"),
    told("error", "it does not fit\n"),
    told("error", "error: no plugin"),
  ];
  expect(complaint(`${events.join("\n")}\n`)).toBe("it does not fit\nno plugin");
});

test("output without an error holds no complaint", () => {
  expect(complaint("all is well\n")).toBeUndefined();
  expect(complaint('{"steps": [], "diagnostics": []}')).toBeUndefined();
  expect(complaint('{"sequence":0,"policyLoadEvent":{}}\n')).toBeUndefined();
});
