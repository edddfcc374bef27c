import { CustomResource } from "@pulumi/pulumi";

/** A resource of no provider: what a test wants to see waited for. */
export class Thing extends CustomResource {}
