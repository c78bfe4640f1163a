// A system with a bug: it does not tell of what was lost.

import { letters } from "../letters.testing.ts";

export default letters({ isCareless: true });
