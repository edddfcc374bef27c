import { openStack } from "../stack.ts";
import { progress } from "../terminal.ts";

/** Shows the checklist of a stack's deployment: what is done, and what is left, as it is at this moment. */
export async function checklist(name: string): Promise<number> {
  // The program's tables of platforms and targets bring Pulumi's SDKs with them, which take a second to load.
  const { factsOf } = await import("../init/facts.ts");
  const { stateOf } = await import("../init/state.ts");
  const { checklist: checklistOf } = await import("../init/checklist.ts");
  const { showChecklist } = await import("../init/checklist-text.ts");
  const stack = await openStack(name);
  progress("looking at the machine, the target and the stack, as doctor and verify do");
  console.log(showChecklist(checklistOf(await factsOf(stack, await stateOf(stack, progress)))));
  return 0;
}
