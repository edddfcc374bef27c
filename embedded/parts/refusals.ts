import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import type { Settings } from "./settings.ts";

/** What `KEELSON_OFFICIAL` may be set to: use embedded parts only, or ask again for official ones that could not be had. */
const wishes = ["never", "again"] as const;
type Wish = (typeof wishes)[number];

/** What the user wishes about official parts, if anything. @throws Error when KEELSON_OFFICIAL has no meaning */
export function officialWish({ environment }: Settings): Wish | undefined {
  const given = environment.KEELSON_OFFICIAL;
  const wish = wishes.find((name) => name === given);
  if (given && wish === undefined) {
    throw new Error(`KEELSON_OFFICIAL is "${given}": it may be "${wishes.join('" or "')}", or not set`);
  }
  return wish;
}

/** Why an official part could not be had when it was asked for before: asking at each start would take its time. */
export function rememberedRefusal(part: string, settings: Settings): string | undefined {
  const file = refusalFile(part, settings);
  if (officialWish(settings) === "again" || !existsSync(file)) return undefined;
  return `${readFileSync(file, "utf8")} (KEELSON_OFFICIAL=again asks again)`;
}

/** Remembers why an official part could not be had, and answers it. */
export function rememberRefusal(part: string, why: string, settings: Settings): string {
  const file = refusalFile(part, settings);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, why);
  return why;
}

function refusalFile(part: string, { home }: Settings): string {
  return path.join(home, "official", `${part}.refused`);
}
