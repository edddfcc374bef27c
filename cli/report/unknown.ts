import { h } from "hastscript";
import { Mendable, messageOf } from "../mendable.ts";
import type { Markup } from "./elements.ts";

/** Something that the report can't say, and why. */
export interface Unknown {
  readonly why: string;
  /** What to do about it. */
  readonly remedy?: string;
}

/** Why something is not known, from what went wrong when it was asked. */
export function unknownBecause(error: unknown): Unknown {
  return {
    why: messageOf(error),
    ...(error instanceof Mendable && { remedy: error.remedy }),
  };
}

/** Whether something is not known. */
export function isUnknown(value: object): value is Unknown {
  return "why" in value;
}

/** That something is not known, why, and what to do about it. */
export function unknownContent({ why, remedy }: Unknown): readonly Markup[] {
  return [
    h("p", h("b.doubtful", "Not known")),
    h("pre", why),
    ...(remedy === undefined ? [] : [h("p", ["What to do: ", h("code", remedy)])]),
  ];
}
