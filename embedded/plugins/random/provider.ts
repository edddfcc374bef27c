import type { Provider } from "../provider/resource.ts";
import { randomInteger, randomShuffle } from "./draws.ts";
import { randomBytesResource, randomId, randomUuid, randomUuid4, randomUuid7 } from "./identifiers.ts";
import { randomPet } from "./pet.ts";
import { randomPassword, randomString } from "./text.ts";

/** Random values that the stack's state keeps, made by the operating system's cryptographic source. */
export const random: Provider = {
  name: "random",
  version: "4.21.1",
  resources: {
    "random:index/randomBytes:RandomBytes": randomBytesResource,
    "random:index/randomId:RandomId": randomId,
    "random:index/randomInteger:RandomInteger": randomInteger,
    "random:index/randomPassword:RandomPassword": randomPassword,
    "random:index/randomPet:RandomPet": randomPet,
    "random:index/randomShuffle:RandomShuffle": randomShuffle,
    "random:index/randomString:RandomString": randomString,
    "random:index/randomUuid4:RandomUuid4": randomUuid4,
    "random:index/randomUuid7:RandomUuid7": randomUuid7,
    "random:index/randomUuid:RandomUuid": randomUuid,
  },
  configure: () => undefined,
};
