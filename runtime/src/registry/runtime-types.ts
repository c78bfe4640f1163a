// The type of this layer's messages, under a name that no user's type can have.

import { reserved } from "../transport/index.ts";
import { RegistryMessageCodec } from "./messages.codec.ts";

export const registryMessages = reserved(RegistryMessageCodec);
