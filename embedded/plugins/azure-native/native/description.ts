/** What a resource of Azure is described by: native.ts makes one of it. */
import type { Properties } from "../../provider/property.ts";
import type { Value, Values } from "../../provider/value.ts";
import type { Reference } from "../../cloud/references.ts";
import type { Azure } from "../azure.ts";
import type { Naming } from "./names.ts";

type Awaitable<Result> = Result | Promise<Result>;

/** A resource that exists, or is about to. */
export interface Known {
  readonly id: string;
  readonly name: string;
  readonly azure: Azure;
  /** What it was before an update; nothing before it is made. */
  readonly outputs: Values | undefined;
}

/** What a resource is described by. */
export interface Native {
  readonly path: string;
  /** The version of Azure's API that the SDK's types are of. */
  readonly apiVersion: string;
  /** Inputs and outputs, without those of the path. */
  readonly properties: Properties;
  /** What names it where the program does not. @defaultValue by the path: random digits, or the logical name in or on another resource */
  readonly naming?: Naming;
  /** How it may be named. */
  readonly validateName?: (name: Value) => string | undefined;
  readonly references?: readonly Reference[];
  /** Says what is wrong with the inputs together, each in a line of its own. Values may be unknown. */
  readonly validate?: (inputs: Values) => readonly string[];
  /** Says what is wrong with the inputs in view of what else exists. */
  readonly judge?: (inputs: Values, known: Known) => string | undefined;
  /** What Azure adds to the inputs, or answers in their place. */
  readonly outputsOf?: (inputs: Values, known: Known) => Awaitable<Values>;
  /** What follows once it is in the store; it is still known as it was before. Whatever it throws leaves the resource in the state, half made. */
  readonly made?: (outputs: Values, known: Known) => Awaitable<void>;
  /** What a refresh finds beside the store; nothing if it is gone. */
  readonly observe?: (outputs: Values, known: Known) => Awaitable<Values | undefined>;
  /** What goes with it, beside what is in or on it. */
  readonly removed?: (outputs: Values, known: Known) => Awaitable<void>;
  /** Whether it is there as long as what it is in: to delete it is to forget what was said of it. */
  readonly isPart?: true;
  /** Whether its making tells the user that nothing is made. */
  readonly announces?: true;
}
