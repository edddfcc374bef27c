import { createHash } from "node:crypto";

/** A file of weights, as model archives are. */
export interface ModelFile {
  readonly content: Buffer;
  /** In hexadecimal. */
  readonly sha256: string;
}

/**
 * The smallest GGUF file that an Ollama server takes for a model: a description, and one tensor of zeros. It can be
 * listed and shown; it has no vocabulary and no layers, and says nothing when it is asked.
 */
export function tinyModel(name = "tiny"): ModelFile {
  const description = [
    text("general.architecture", "llama"),
    text("general.name", name),
    number("general.file_type", 0),
    number("general.alignment", ALIGNMENT),
    number("llama.block_count", 0),
    number("llama.context_length", 32),
    number("llama.embedding_length", WIDTH),
  ];
  const header = Buffer.concat([
    Buffer.from("GGUF"),
    uint32(3),
    uint64(1),
    uint64(description.length),
    ...description,
    tensor("token_embd.weight"),
  ]);
  const padding = Buffer.alloc((ALIGNMENT - (header.length % ALIGNMENT)) % ALIGNMENT);
  const content = Buffer.concat([header, padding, Buffer.alloc(WIDTH * WIDTH * 4)]);
  return { content, sha256: createHash("sha256").update(content).digest("hex") };
}

const ALIGNMENT = 32;
const WIDTH = 32;

/** Numbers of GGUF's types, as its specification has them. */
const UINT32 = 4;
const STRING = 8;
const FLOAT32 = 0;

function text(key: string, value: string): Buffer {
  return Buffer.concat([string(key), uint32(STRING), string(value)]);
}

function number(key: string, value: number): Buffer {
  return Buffer.concat([string(key), uint32(UINT32), uint32(value)]);
}

/** A square of floating-point numbers, at the start of the data. */
function tensor(name: string): Buffer {
  return Buffer.concat([string(name), uint32(2), uint64(WIDTH), uint64(WIDTH), uint32(FLOAT32), uint64(0)]);
}

function string(value: string): Buffer {
  return Buffer.concat([uint64(Buffer.byteLength(value)), Buffer.from(value)]);
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

function uint64(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes;
}
