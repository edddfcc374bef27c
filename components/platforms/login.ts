import type { Output } from "@pulumi/pulumi";

/** A user and a password that people log in with. */
export interface Login {
  readonly user: string;
  /** A Pulumi secret. */
  readonly password: Output<string>;
}
