import type { ObtainedImage } from "../../embedded/images/index.ts";
import type { Check } from "../checks.ts";
import type { Engine } from "../engine.ts";
import type { Report } from "../session.ts";
import type { Stack } from "../stack.ts";

/** What the command line has to know of a kind of target. All that is done in another way for another target is here. */
export interface TargetKind {
  /** What it is called, as `Docker`. */
  readonly title: string;
  /**
   * What has to be set up on this machine before the target can be reached; nothing where it is reached already.
   *
   * @throws Mendable where that is for the user to do
   */
  readonly missingSetup: (stack: Stack) => Promise<Setup | undefined>;
  /**
   * Connects to where a stack runs.
   *
   * @throws Mendable when nothing answers there
   */
  readonly connect: (stack: Stack, report: Report) => Promise<Place>;
  /** What can be offered as answers to questions on a stack's target, as it is found on this machine. */
  readonly offers: () => Promise<Offers>;
}

/** Possible values of settings by their names below the target's, as `machine.cpus`; the first is the likeliest. */
export type Offers = Readonly<Record<string, readonly Offer[]>>;

/** A possible value of a setting, and where it comes from. */
export interface Offer {
  readonly value: string;
  readonly hint?: string;
}

/** Something that is to be set up on this machine. */
export interface Setup {
  /** What it does, as a sentence without its full stop. */
  readonly description: string;
  carryOut(report: Report): Promise<void>;
}

/** Environment variables. */
export type Variables = Readonly<Record<string, string>>;

/** Where a stack runs. */
export interface Place {
  /** Version of what runs it. */
  readonly version: string;
  /** Variables by which the engine, its plugins and the program learn of it. */
  readonly environment: Variables;
  /** Sees to it that the images are there which a stack is made from. */
  obtainImages(engine: Engine, report: Report): Promise<ReadyImages>;
  /** What runs of a stack. */
  running(engine: Engine): Promise<readonly Running[]>;
  /** The data of a stack, which outlives it. */
  data(engine: Engine): Promise<Data>;
  /** Whether the place itself is as it should be. */
  check(): Promise<readonly Check[]>;
  /** Whether a stack can be brought up there. */
  checkPlan(engine: Engine): Promise<readonly Check[]>;
}

/** Images that are where they are needed. */
export interface ReadyImages {
  /** What was obtained, by name. */
  readonly images: Readonly<Record<string, ObtainedImage>>;
  /** The place's variables, now that the images are there. */
  readonly environment: Variables;
}

/** Something of a stack that runs, or that ran to its end. */
export interface Running {
  /** What kind of thing it is, as `container`. */
  readonly kind: string;
  readonly name: string;
  readonly ok: boolean;
  /** Not as it should be, but may get there without help. */
  readonly settling: boolean;
  /** In a few words: `healthy`, `exited with 1` … */
  readonly detail: string;
  /** The command that shows its log. */
  readonly logCommand: string;
  /** The end of its log, as the process wrote it. */
  readonly endOfLog: (lines: number) => Promise<string>;
}

/** Data that a stack leaves behind when it is taken down. */
export interface Data {
  /** Names of what will be left, as far as the state of the stack tells. */
  readonly expected: readonly string[];
  /** Names of what is there. */
  present(): Promise<readonly string[]>;
  /** Deletes it for good. */
  remove(names: readonly string[]): Promise<void>;
}
