// The types of control, under names that no user's type can have.

import { reserved } from "../../transport/index.ts";
import { ControlReplyCodec, ControlRequestCodec } from "./messages.codec.ts";

export const controlRequests = reserved(ControlRequestCodec);
export const controlReplies = reserved(ControlReplyCodec);
